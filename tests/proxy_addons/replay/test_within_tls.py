from proxy_addons.replay.tls.layer import NOT_WHOLE
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import CONNECT, GRANTED, Talk

HELLO = b"\x16\x03\x01\x00\x60\x01" + bytes(40) + b"\x00\x00\x00\x0e\x00\x0c\x00\x00\x09news.test\x00\x17"


def test_tls_in_a_tunnel_is_named_as_what_could_not_be_read(replayed: Replayed) -> None:
    outcome = replayed(Talk().hello().up(CONNECT).down(GRANTED).up(HELLO).bye().packets)
    assert outcome.unread == {("TLS connections", f"{NOT_WHOLE} (to news.test)"): 1}


def test_what_is_never_opened_is_neither_read_nor_named(replayed: Replayed) -> None:
    hello = HELLO.replace(b"\x60\x01", b"\x61\x01").replace(b"\x00\x0e\x00\x0c", b"\x00\x0f\x00\x0d")
    hello = hello.replace(b"\x00\x09news.test", b"\x00\x0awww.nhs.uk")
    outcome = replayed(Talk().hello().up(hello).down(b"\x16\x03\x03\x00\x02ab").bye().packets)
    assert outcome.unread == {("messages to hosts that are never opened", "health"): 1}
