from h2.connection import H2Connection  # type: ignore[import-untyped]
from hpack import Encoder
from hyperframe.frame import ContinuationFrame, DataFrame, HeadersFrame, PushPromiseFrame, RstStreamFrame

from proxy_addons.replay.http2_frames import HEAD
from proxy_addons.replay.http2_reader import MOST_HEADERS, PREFACE, Http2Reader, Kind, Part

ASKED = [(":method", "POST"), (":scheme", "https"), (":authority", "news.test"), (":path", "/")]


def client() -> H2Connection:
    made = H2Connection()
    made.initiate_connection()
    made.send_headers(1, ASKED)
    return made


def bodies(parts: list[Part]) -> list[tuple[int, bytes]]:
    return [(part.stream, part.data) for part in parts if part.kind is Kind.BODY]


def test_what_comes_of_one_body_at_once_is_told_at_once() -> None:
    talk, reader = client(), Http2Reader(PREFACE)
    for piece in (b"no", b"body ", b"likes"):
        talk.send_data(1, piece, pad_length=3)
    talk.end_stream(1)
    head, body = reader.feed(talk.data_to_send())
    assert dict(head.names)[b":authority"] == b"news.test"
    assert not head.ends
    assert (body.data, body.ends) == (b"nobody likes", True)


def test_bodies_that_come_by_turns_keep_their_order() -> None:
    talk = client()
    talk.send_headers(3, ASKED)
    for number, piece in ((1, b"a"), (3, b"x"), (1, b"b"), (3, b"y"), (3, b"z")):
        talk.send_data(number, piece)
    assert bodies(Http2Reader(PREFACE).feed(talk.data_to_send())) == [(1, b"a"), (3, b"x"), (1, b"b"), (3, b"yz")]


def test_what_is_sent_behind_a_bodys_end_is_no_part_of_it() -> None:
    more = DataFrame(1, b"one", flags=["END_STREAM"]).serialize() + DataFrame(1, b"more").serialize()
    assert bodies(Http2Reader().feed(more)) == [(1, b"one"), (1, b"more")]


def test_pieces_of_any_size_give_the_same_parts() -> None:
    talk = client()
    talk.send_data(1, b"nobody likes you", end_stream=True)
    whole = talk.data_to_send() + RstStreamFrame(1, 8).serialize()
    for size in (1, 7, len(whole)):
        reader = Http2Reader(PREFACE)
        told = [part for at in range(0, len(whole), size) for part in reader.feed(whole[at : at + size])]
        assert b"".join(data for _, data in bodies(told)) == b"nobody likes you"
        assert (told[0].kind, told[-1].kind) == (Kind.HEADERS, Kind.RESET)


def test_what_came_before_a_frame_that_cannot_be_is_told() -> None:
    reader = Http2Reader()
    assert bodies(reader.feed(DataFrame(1, b"nobody likes you").serialize() + bytes(3) + b"\4\0\0\0\0\2")) == [
        (1, b"nobody likes you")
    ]
    assert reader.is_over


def test_headers_in_pieces_with_padding_and_priority_are_one_part() -> None:
    block = Encoder().encode(ASKED)
    said = HeadersFrame(
        1, block[:4], pad_length=2, flags=["PADDED", "PRIORITY", "END_STREAM"], depends_on=5
    ).serialize()
    said += ContinuationFrame(1, block[4:9]).serialize()
    said += ContinuationFrame(1, block[9:], flags=["END_HEADERS"]).serialize()
    (part,) = Http2Reader().feed(said)
    assert [name for name, _ in part.names] == [b":method", b":scheme", b":authority", b":path"]
    assert part.ends


def test_a_promise_tells_the_stream_it_promises() -> None:
    block = Encoder().encode(ASKED)
    (part,) = Http2Reader().feed(PushPromiseFrame(1, 2, block, flags=["END_HEADERS"]).serialize())
    assert (part.kind, part.stream, len(part.names)) == (Kind.PROMISE, 2, 4)


def test_what_no_two_ends_would_go_on_behind_ends_a_side() -> None:
    begun = HeadersFrame(1, Encoder().encode(ASKED)[:4]).serialize()
    other = DataFrame(1, b"x").serialize()
    endless = begun + ContinuationFrame(1, b"").serialize() * (MOST_HEADERS // HEAD + 1)
    unpackable = HeadersFrame(1, b"\xff\xff\xff\xff", flags=["END_HEADERS"]).serialize()
    for wrong in (begun + other, other[:3] + b"\x09" + other[4:], endless, unpackable):
        reader = Http2Reader()
        assert reader.feed(wrong) == []
        assert reader.is_over
    reader = Http2Reader(PREFACE)
    assert reader.feed(b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n") == []
    assert reader.is_over
