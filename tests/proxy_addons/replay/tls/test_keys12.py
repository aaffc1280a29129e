from proxy_addons.replay.stream import Side
from proxy_addons.replay.tls.direction import NO_KEYS, Direction
from proxy_addons.replay.tls.hellos import ServerHello
from proxy_addons.replay.tls.key_log import KeyLog
from proxy_addons.replay.tls.keys12 import Keys12
from proxy_addons.replay.tls.suites import SUITES
from tests.proxy_addons.replay.tls.test_key_log import LINE, RANDOM

HELLO = ServerHello(0x0303, bytes(32), 0x9C, False, {})


def test_the_secret_is_asked_for_when_a_side_changes_and_may_come_as_late() -> None:
    log, direction = KeyLog(), Direction(holds=False)
    keys = Keys12(log, RANDOM, HELLO, SUITES[0x9C])
    log.add([LINE])
    keys.change(Side.CLIENT, direction)
    assert not direction.stopped


def test_without_the_secret_the_side_is_not_read() -> None:
    direction = Direction(holds=False)
    Keys12(KeyLog(), RANDOM, HELLO, SUITES[0x9C]).change(Side.SERVER, direction)
    assert direction.stopped == NO_KEYS
