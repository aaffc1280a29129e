"""A device's token opens its own school until it is revoked."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from appliance import devices
from detection.observation import Mark
from detection.wire import WireError
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_the_token_is_known_by_its_hash_alone(session: Session) -> None:
    oak = factories.school(session)
    device, token = devices.add(session, oak, "gate-1", "gateway", NOON)
    assert devices.of_token(session, token) is device
    assert token not in device.token_sha256
    assert devices.of_token(session, token[:-1]) is None


def test_a_revoked_token_opens_nothing_and_the_name_is_free_again(session: Session) -> None:
    oak = factories.school(session)
    _, token = devices.add(session, oak, "gate-1", "gateway", NOON)
    devices.revoke(session, oak, "gate-1", NOON)
    assert devices.of_token(session, token) is None
    devices.add(session, oak, "gate-1", "gateway", NOON)


@pytest.mark.parametrize(
    ("name", "kind", "said"), [("gate-1", "gateway", "already"), ("x", "agent", "one of"), (" ", "replay", "name")]
)
def test_what_cannot_be_added(session: Session, name: str, kind: str, said: str) -> None:
    oak = factories.school(session)
    devices.add(session, oak, "gate-1", "gateway", NOON)
    with pytest.raises(ValueError, match=said):
        devices.add(session, oak, name, kind, NOON)


REPLAYED = frozenset({Mark.REPLAY, Mark.WITHHELD})


@pytest.mark.parametrize(
    ("kind", "marks", "may"),
    [
        ("replay", REPLAYED, True),
        ("replay", frozenset[Mark](), False),
        ("gateway", REPLAYED, False),
        ("agent", REPLAYED, False),
        ("gateway", frozenset({Mark.WITHHELD}), True),
        ("agent", frozenset[Mark](), True),
    ],
)
def test_recordings_come_from_devices_for_recordings_and_from_no_others(
    session: Session, kind: str, marks: frozenset[Mark], may: bool
) -> None:
    device = factories.device(session, factories.school(session), kind=kind)
    with nullcontext() if may else pytest.raises(WireError, match="replay"):
        devices.must_be_its_own(device, marks)


def test_only_a_device_of_the_school_can_be_revoked(session: Session) -> None:
    oak, elm = factories.school(session, "oak"), factories.school(session, "elm")
    devices.add(session, oak, "gate-1", "gateway", NOON)
    with pytest.raises(ValueError, match="elm has no device called gate-1"):
        devices.revoke(session, elm, "gate-1", NOON)


def test_being_heard_of_is_noted_once_a_minute(session: Session) -> None:
    device = factories.device(session, factories.school(session))
    assert devices.is_silent(device, NOON)
    device.last_seen_at = NOON
    assert not devices.is_silent(device, NOON + timedelta(seconds=59))
    assert devices.is_silent(device, NOON + timedelta(seconds=60))
