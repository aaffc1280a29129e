"""What comes of a whole connection is in test_session; here is the layer as its connection sees it."""

from itertools import takewhile

from proxy_addons.replay.protocols import Speaks
from proxy_addons.replay.stream import Event, Side, Stream, What
from proxy_addons.replay.tls.key_log import KeyLog
from proxy_addons.replay.tls.layer import TlsLayer
from tests.proxy_addons.replay.factories import answer, get
from tests.proxy_addons.replay.tls.test_session import recorded
from tests.proxy_addons.replay.tls_talk import Options, TlsTalk

STREAM = Stream(0, (b"", 1), (b"", 2))


def events(tls: TlsTalk) -> list[Event]:
    said = [(Side.CLIENT if up else Side.SERVER, data) for up, data in recorded(tls)]
    return [Event(STREAM, side, What.DATA, 1.0, 0, data) for side, data in said]


def layer(tls: TlsTalk) -> TlsLayer:
    log = KeyLog()
    log.add(tls.lines)
    return TlsLayer(log)


def test_what_is_inside_is_told_with_the_protocol_agreed_on() -> None:
    tls = TlsTalk(Options(alpn=b"http/1.1")).hello().up(get()).down(answer())
    made = layer(tls)
    told = [(e.side, e.data) for event in events(tls) for e in made.take(event)]
    assert told == [(Side.CLIENT, get()), (Side.SERVER, answer())]
    assert (made.asked_for, made.speaks, made.names) == ("news.test", Speaks.HTTP1, ("news.test",))
    assert not made.unread()


def test_a_side_that_breaks_off_is_lost_from_there_on_and_told_so_once() -> None:
    tls = TlsTalk().hello().up(get()).down(answer())
    made, said = layer(tls), events(tls)
    said.append(said[-1])  # a record that was sent before has a number that was used before
    told = [(e.side, e.what) for event in [*said, said[-1]] for e in made.take(event)]
    assert told == [(Side.CLIENT, What.DATA), (Side.SERVER, What.DATA), (Side.SERVER, What.LOST)]
    assert [what for what, _ in made.unread()] == ["bytes of TLS"]


def test_the_name_of_a_hello_that_is_cut_off_is_made_out_as_far_as_it_goes() -> None:
    tls = TlsTalk().hello()
    made = layer(tls)
    for number, event in enumerate(takewhile(lambda e: e.side is Side.CLIENT, events(tls))):
        size = (
            int.from_bytes(event.data[3:5]) + 1
        )  # as if there were a byte more, wherever in the hello the name stands
        said = event.data if number else event.data[:3] + size.to_bytes(2) + event.data[5:]
        assert list(made.take(event._replace(data=said))) == []
    assert (made.asked_for, made.names) == (None, ("news.test",))
