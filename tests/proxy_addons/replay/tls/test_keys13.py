"""What real ends do is in test_session; here are key updates, sealed by hand."""

import pytest

from proxy_addons.replay.stream import Side
from proxy_addons.replay.tls.direction import Direction
from proxy_addons.replay.tls.key_log import KeyLog
from proxy_addons.replay.tls.key_schedule import next_secret
from proxy_addons.replay.tls.keys13 import Keys13
from proxy_addons.replay.tls.suites import SUITES
from tests.proxy_addons.replay.tls.test_direction import said
from tests.proxy_addons.replay.tls.test_protection import SECRET, sealed

RANDOM = bytes(32)


@pytest.fixture
def sides() -> dict[Side, Direction]:
    return {side: Direction(holds=False) for side in Side}


def keys(sides: dict[Side, Direction], *labels: str) -> Keys13:
    log = KeyLog()
    assert not log.add(f"{label} {RANDOM.hex()} {SECRET.hex()}".encode() for label in labels).bad
    return Keys13(log, RANDOM, SUITES[0x1301], sides)


def test_each_update_makes_the_next_secret_of_the_one_before(sides: dict[Side, Direction]) -> None:
    made = keys(sides, "SERVER_HANDSHAKE_TRAFFIC_SECRET", "SERVER_TRAFFIC_SECRET_0")
    made.begin(Side.SERVER)
    made.finished(Side.SERVER)
    secret = SECRET
    for _ in range(3):
        assert said(sides[Side.SERVER], sealed(b"a\x17", 0, secret), sealed(b"b\x17", 1, secret)) == [b"a", b"b"]
        made.update(Side.SERVER)
        secret = next_secret(secret, "sha256")


def test_a_finished_that_comes_later_changes_nothing(sides: dict[Side, Direction]) -> None:
    made = keys(sides, "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0")
    made.begin(Side.CLIENT)
    made.finished(Side.CLIENT)
    assert said(sides[Side.CLIENT], sealed(b"a\x17", 0)) == [b"a"]
    made.finished(Side.CLIENT)
    assert said(sides[Side.CLIENT], sealed(b"b\x17", 1)) == [b"b"]


def test_a_side_whose_secrets_are_missing_is_not_read(sides: dict[Side, Direction]) -> None:
    made = keys(sides, "SERVER_HANDSHAKE_TRAFFIC_SECRET")
    for side in Side:
        made.begin(side)
    assert [bool(sides[side].stopped) for side in Side] == [True, False]
    assert made.can_read_handshake(Side.SERVER)
    made.finished(Side.SERVER)
    assert sides[Side.SERVER].stopped
