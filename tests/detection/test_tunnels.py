"""A tunnel that a firewall named becomes a detection of getting round the filter."""

from datetime import UTC, datetime

import pytest

from detection.library import Category
from detection.observation import Channel, Direction, Observation, Subject
from detection.recent import Recent
from detection.tunnels import KNOWN
from tests.detection.shipped import shipped_detector

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def detector():
    return shipped_detector()


def seen(name: str, channel: Channel = Channel.TUNNEL) -> Observation:
    return Observation(
        seen_at=NOW,
        reported_at=NOW,
        subject=Subject(address="192.0.2.10"),
        channel=channel,
        direction=Direction.SENT_BY_PAGE,
        app="firewall",
        location="",
        text=name,
    )


def test_each_has_its_severity_and_its_words(detector):
    for name, tunnel in KNOWN.items():
        detection = detector.afresh(Recent()).detect(seen(name))
        assert detection
        assert (detection.category, detection.severity) == (Category.BYPASS, tunnel.severity)
        assert tunnel.what in " ".join([*detection.reasons, *(match.phrase.gloss for match in detection.matches)])


def test_an_odd_port_and_the_same_word_elsewhere_are_none(detector):
    assert detector.afresh(Recent()).detect(seen("odd-port")) is None
    elsewhere = detector.afresh(Recent()).detect(seen("wireguard", Channel.DNS))
    assert not elsewhere or not [m for m in elsewhere.matches if m.phrase.id.endswith("tunnel")]
