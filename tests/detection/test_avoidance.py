import pytest

from detection.avoidance import avoidance_of, find, known
from detection.categories import AREAS, ConcernRole
from detection.detector import Detector
from detection.library import Category, Library
from detection.observation import Channel, Direction
from detection.recent import Recent
from tests.detection.factories import observation


def lookup(host: str = "www.nordvpn.com"):
    return observation(
        channel=Channel.DNS, direction=Direction.SENT_BY_PAGE, app="DNS", location="", conversation=host, text=host
    )


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("nordvpn.com", "vpn"),
        ("WWW.NordVPN.com.", "vpn"),
        ("www.torproject.org", "tor"),
        ("mozilla.cloudflare-dns.com", "doh"),
        ("notnordvpn.com", None),
        ("notcloudflare-dns.com", None),
        ("com", None),
        ("", None),
    ],
)
def test_a_service_is_known_by_whole_labels(host, kind):
    found = avoidance_of(host)
    assert (found.kind if found else None) == kind


def test_the_list_holds_bare_names_and_no_severity_above_the_categorys():
    assert all(domain == domain.lower().strip(".") and "." in domain for domain in known())
    assert {each.severity for each in known().values()} <= set(range(1, AREAS[Category.BYPASS].highest + 1))


def test_a_lookup_is_graded_as_conduct_and_once_in_ten_minutes():
    detector = Detector(Library(()), Recent())
    found = detector.detect(lookup())
    assert found is not None
    assert (found.category, found.severity, found.role) == (Category.BYPASS, 2, ConcernRole.CONDUCT)
    assert found.reasons[0] == "Looked up a VPN service, by which the filter can be got round: “www.nordvpn.com”."
    assert detector.detect(lookup()) is None
    assert detector.detect(lookup("surfshark.com")) is not None


@pytest.mark.parametrize("channel", [channel for channel in Channel if channel is not Channel.DNS])
def test_only_lookups_are_looked_at(channel):
    assert find(observation(channel=channel, text="nordvpn.com")) == []
