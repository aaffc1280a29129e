from proxy_addons.replay.opening import MOST, Opening
from proxy_addons.replay.protocols import Speaks
from proxy_addons.replay.stream import Event, Side, Stream, What

STREAM = Stream(0, (b"", 1), (b"", 2))


def opening(*said: tuple[Side, bytes | None]) -> Opening:
    """None is the end of a side."""
    made = Opening()
    for side, data in said:
        made.add(Event(STREAM, side, What.END if data is None else What.DATA, 0.0, 0, data or b""))
    return made


UP, DOWN = Side.CLIENT, Side.SERVER


def test_the_client_is_heard_first() -> None:
    assert opening((UP, b"GET / HT")).speaks is Speaks.UNDECIDED
    assert opening((UP, b"GET / HT"), (UP, b"TP/1.1\r\n")).speaks is Speaks.HTTP1


def test_what_is_in_the_middle_of_something_is_told_by_its_answers() -> None:
    assert opening((UP, b"\xff the end of a picture")).speaks is Speaks.UNDECIDED
    assert opening((UP, b"\xff"), (DOWN, b"HTTP/1.1 200 OK")).speaks is Speaks.HTTP1
    assert opening((UP, b"\xff"), (DOWN, b"\xfe")).speaks is Speaks.OTHER


def test_a_side_alone_is_enough_once_both_have_ended() -> None:
    alone = opening((DOWN, b"HTTP/1.1 200 OK"), (UP, None))
    assert (alone.is_enough, alone.speaks) == (False, Speaks.UNDECIDED)
    alone.add(Event(STREAM, DOWN, What.END, 0.0, 0))
    assert (alone.is_enough, alone.speaks) == (True, Speaks.HTTP1)


def test_too_much_is_enough() -> None:
    assert opening((DOWN, b"x" * (MOST + 1))).is_enough


def test_who_asks_is_the_client() -> None:
    turned = opening((DOWN, b"GET / HTTP/1.1\r\n"), (UP, b"HTTP/1.1 200 OK\r\n"))
    assert turned.is_turned
    turned.turn()
    assert (turned.speaks, turned.is_turned) == (Speaks.HTTP1, False)
    assert [event.side for event in turned.events] == [UP, DOWN]


def test_who_says_hello_in_tls_is_the_client() -> None:
    hello, answered = b"\x16\x03\x01\x00\x80\x01", b"\x16\x03\x03\x00\x80\x02"
    assert opening((UP, answered), (DOWN, hello)).is_turned
    assert opening((DOWN, hello)).is_turned
    assert not opening((UP, hello), (DOWN, answered)).is_turned


def test_the_first_bytes_of_each_side_can_be_left_out() -> None:
    made = opening((UP, b"ab"), (DOWN, b"12"), (UP, b"cde"), (UP, None))
    rest = [(e.side, e.what, e.data) for e in made.behind({UP: 3, DOWN: 2})]
    assert rest == [(UP, What.DATA, b"de"), (UP, What.END, b"")]


def test_who_asks_where_http_begins_behind_something_else_is_told_and_what_was_before_is_left_out() -> None:
    made = opening((UP, b"a greeting\n"), (DOWN, b"another\nGET / HTTP/1.1\r\n"))
    assert (made.speaks, made.http_begins()) == (Speaks.OTHER, DOWN)
    assert [(event.side, event.data) for event in made.events] == [(DOWN, b"GET / HTTP/1.1\r\n")]
    assert opening((UP, b"a greeting\nGET / HTTP/1.1\r\n"), (DOWN, b"another\n")).http_begins() is UP
    assert opening((UP, b"a greeting\n"), (DOWN, b"another\n")).http_begins() is None
