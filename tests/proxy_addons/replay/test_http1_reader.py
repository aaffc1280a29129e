from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxy_addons.replay.http1_grammar import REQUESTS, RESPONSES, Grammar
from proxy_addons.replay.http1_next_head import LONGEST_HEAD
from proxy_addons.replay.http1_parts import Framing, Kind, Part
from proxy_addons.replay.http1_reader import MOST_HELD, Http1Reader

Step = bytes | int | None
"""Bytes that come, a number of bytes that are missing, or the end."""


def parts(
    *steps: Step, framing: Framing | int = 0, grammar: Grammar = RESPONSES, reader: Http1Reader | None = None
) -> list[Part]:
    """Every head given is followed by a body of that framing; pieces of a body put together."""
    reader = reader or Http1Reader(grammar)
    told: list[Part] = []
    for part in _told(reader, steps):
        if part.kind is Kind.HEAD:
            reader.framing = framing
        if part.kind is Kind.BODY and told and told[-1].kind is Kind.BODY:
            told[-1] = Part(Kind.BODY, told[-1].data + part.data)
        else:
            told.append(part)
    return told


def _told(reader: Http1Reader, steps: Iterable[Step]) -> Iterator[Part]:
    for step in steps:
        if isinstance(step, bytes):
            yield from reader.feed(step)
        else:
            yield from reader.end() if step is None else reader.lost(step)


def message(head: bytes, *body: bytes, whole: bool = True) -> list[Part]:
    return [Part(Kind.HEAD, head), *(Part(Kind.BODY, piece) for piece in body), Part(Kind.END, whole=whole)]


HEAD = b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n"
NEXT = b"HTTP/1.1 404 No\r\n\r\n"
CHUNKED = b"5\r\nhello\r\n6;x=y\r\n there\r\n0\r\nTrailer: 1\r\n\r\n"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_however_the_bytes_come_the_messages_are_the_same(size: int) -> None:
    said = HEAD + CHUNKED + b"\r\n" + NEXT + CHUNKED
    pieces = [said[start : start + size] for start in range(0, len(said), size)]
    told = message(HEAD, b"hello there") + message(NEXT, b"hello there")
    assert parts(*pieces, framing=Framing.CHUNKED) == told


@pytest.mark.parametrize(
    ("framing", "body", "read"),
    [
        (0, b"", []),
        (5, b"hello", [b"hello"]),
        (Framing.CHUNKED, b"5\nhello\n0\n\n", [b"hello"]),
        (Framing.CHUNKED, b"  05  \r\nhello\r\n0\r\n\r\n", [b"hello"]),
    ],
)
def test_a_body_ends_where_its_framing_says(framing: Framing | int, body: bytes, read: list[bytes]) -> None:
    assert parts(HEAD + body + NEXT, framing=framing)[: 2 + len(read)] == message(HEAD, *read)
    assert parts(HEAD + body + NEXT, framing=framing)[2 + len(read)] == Part(Kind.HEAD, NEXT)


def test_a_body_without_length_ends_with_the_connection() -> None:
    assert parts(HEAD, b"one", b"two", None, framing=Framing.UNTIL_END) == message(HEAD, b"onetwo")


@pytest.mark.parametrize(("framing", "body"), [(50, b"half"), (Framing.CHUNKED, b"8\r\nhalf"), (9, b"half")])
def test_a_body_that_breaks_off_is_told_as_far_as_it_came(framing: Framing | int, body: bytes) -> None:
    assert parts(HEAD + body, None, framing=framing) == message(HEAD, b"half", whole=False)


@pytest.mark.parametrize(
    ("framing", "before", "size", "behind"),
    [
        (10, b"abc", 4, b"hij"),
        (7, b"abc", 4, b""),
        (Framing.CHUNKED, b"a\r\nabc", 4, b"hij\r\n0\r\n\r\n"),
        (Framing.CHUNKED, b"7\r\nabc", 4, b"\r\n0\r\n\r\n"),
    ],
)
def test_a_hole_in_a_body_of_known_length_costs_what_is_in_it(
    framing: Framing | int, before: bytes, size: int, behind: bytes
) -> None:
    read = [b"abc" + b"hij" * (b"hij" in behind)]
    told = parts(HEAD + before, size, behind + NEXT, framing=framing)
    assert told[:3] == message(HEAD, *read, whole=False)
    assert told[3] == Part(Kind.HEAD, NEXT)


def test_a_hole_in_a_body_without_length_costs_what_is_in_it() -> None:
    assert parts(HEAD + b"a", 9, b"b", None, framing=Framing.UNTIL_END) == message(HEAD, b"ab", whole=False)


@pytest.mark.parametrize("framing", [3, Framing.CHUNKED, 0])
def test_behind_a_hole_across_messages_the_next_beginning_is_looked_for(framing: Framing | int) -> None:
    reader = Http1Reader(RESPONSES)
    told = parts(HEAD + b"1", 900, b"the middle of something", NEXT, framing=framing, reader=reader)
    assert [p.data for p in told if p.kind is Kind.HEAD] == [HEAD, NEXT]
    assert reader.skipped == len(b"the middle of something") + (framing == 0)


def test_a_message_found_again_says_so_and_the_next_does_not() -> None:
    reader = Http1Reader(RESPONSES)
    found = []
    for part in _told(reader, (HEAD, 10, NEXT, NEXT)):
        if part.kind is Kind.HEAD:
            found.append(reader.resynchronised)
    assert found == [False, True, False]


def test_of_a_head_that_breaks_off_its_whole_lines_are_told() -> None:
    request = b"GET /search?q=rivers HTTP/1.1\r\nHost: search.test\r\nAcc"
    told = [Part(Kind.HEAD, request[: request.rfind(b"\n") + 1], False), Part(Kind.END, whole=False)]
    for rest in (70, None):
        assert parts(request, rest, grammar=REQUESTS) == told
    assert parts(b"GET /sea", None, grammar=REQUESTS) == []


def test_what_is_no_http_is_told_by_itself_and_what_begins_behind_it_is_a_message() -> None:
    stray = [Part(Kind.STRAY, b"220 mail.test ready\r\n"), Part(Kind.STRAY, b"more")]
    assert parts(b"220 mail.test ready\r\n", b"more", NEXT) == stray + message(NEXT)
    assert parts(HEAD + b"more" + NEXT) == [*message(HEAD), Part(Kind.STRAY, b"more"), *message(NEXT)]


@pytest.mark.parametrize(
    "said",
    [b"3\r\nabc\r\n<p>x", b"3\r\nabc<p>x", b"3\r\nabc\r\n\r\n3\r\n<p>\r\nx"],
    ids=["no number", "longer than it says", "an empty line more"],
)
def test_behind_a_wrong_chunk_the_body_goes_on_as_it_comes(said: bytes) -> None:
    told = parts(HEAD + said, None, framing=Framing.CHUNKED)
    assert [part.kind for part in told] == [Kind.HEAD, Kind.BODY, Kind.END]
    assert told[1].data == b"abc<p>x"


def test_what_stands_where_trailers_would_is_not_lost() -> None:
    told = parts(HEAD + b"0\r\n<p>words", None, framing=Framing.CHUNKED)
    assert told[-1] == Part(Kind.STRAY, b"<p>words")


@pytest.mark.parametrize(
    "end", [b"\r\r\n\r\r\n", b"\r\n \r\n", b"\r\n\r", b"\r\r", b"\n\t\n", b"\r\n\0\r\n", b"\n\r\r\n"]
)
def test_a_head_may_end_oddly(end: bytes) -> None:
    head = HEAD.rstrip() + end
    assert parts(head + b"<p>ab", framing=5) == message(head, b"<p>ab")


PLAIN = [b"<p>one", b"\n<p>5\n", b"beet\n", b"5 apples\n", b"-1\r\n", b"\x1f\x8b", b"\r\n5\r\n", b" " * 5000]


@pytest.mark.parametrize("body", PLAIN)
@pytest.mark.parametrize("size", [1, 3, 9000])
def test_an_answer_said_to_come_in_chunks_that_does_not_ends_with_the_connection(body: bytes, size: int) -> None:
    reader = Http1Reader(RESPONSES)
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    assert parts(HEAD, *pieces, None, framing=Framing.CHUNKED, reader=reader) == message(HEAD, body)
    assert reader.skipped == 0


@pytest.mark.parametrize("size", [b"5\r\n", b" 05 \n", b"0x5\n", b"+5\r\r\n", b"5;a=b\n", b"5 ; a\n", b"\t5\n"])
def test_odd_lines_before_a_chunk_are_read(size: bytes) -> None:
    pieces = [size[at : at + 1] for at in range(len(size))]
    assert parts(HEAD, *pieces, b"hello\r\n0\r\n\r\n", framing=Framing.CHUNKED) == message(HEAD, b"hello")


def test_a_request_said_to_come_in_chunks_that_does_not_goes_on_until_the_next() -> None:
    asked = b"POST / HTTP/1.1\r\n\r\n"
    told = parts(asked + b"a=hello\n", asked, framing=Framing.CHUNKED, grammar=REQUESTS)
    assert told[:3] == message(asked, b"a=hello\n")
    assert told[3] == Part(Kind.HEAD, asked)


def test_what_follows_is_held_until_it_is_known_what_it_is() -> None:
    reader = Http1Reader(REQUESTS)
    connect, inside = b"CONNECT a.test:80 HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"
    assert parts(connect + inside, framing=Framing.HELD, reader=reader) == [Part(Kind.HEAD, connect)]
    assert list(reader.go_on(0)) == message(inside)
    reader = Http1Reader(REQUESTS)
    parts(connect + inside, framing=Framing.HELD, reader=reader)
    assert reader.take() == inside


def test_no_more_is_kept_than_memory_allows() -> None:
    held, endless = Http1Reader(REQUESTS), Http1Reader(REQUESTS)
    parts(b"CONNECT a HTTP/1.1\r\n\r\n", *[b"x" * 100_000] * 20, framing=Framing.HELD, reader=held)
    assert held.skipped > MOST_HELD
    parts(b"GET /", *[b"x" * 10_000] * 50, reader=endless)
    assert endless.skipped > LONGEST_HEAD


def test_raw_bytes_are_passed_on_as_they_come() -> None:
    assert parts(HEAD, b"\x81\x05", b"hello", None, framing=Framing.RAW) == message(HEAD, b"\x81\x05hello")


ENDING = (Framing.CHUNKED, Framing.UNTIL_END, Framing.RAW)
_piece = st.sampled_from([HEAD, NEXT, CHUNKED, b"\r\n", b"5\r\n", b"GET / HTTP/1.1\r\n"]) | st.binary(max_size=30)
_steps = st.lists(_piece | st.integers(1, 50), max_size=20)


@settings(max_examples=300)
@given(
    _steps,
    st.sampled_from([REQUESTS, RESPONSES]),
    st.sampled_from([0, 3, 99, Framing.CHUNKED, Framing.UNTIL_END, Framing.RAW]),
)
def test_whatever_comes_every_message_begins_once_and_ends_at_most_once(
    steps: list[Step], grammar: Grammar, framing: Framing | int
) -> None:
    kinds = [part.kind for part in parts(*steps, None, framing=framing, grammar=grammar)]
    inside = False
    for kind in kinds:
        if kind is Kind.STRAY:
            assert not inside
            continue
        assert inside is (kind is not Kind.HEAD)
        inside = kind is not Kind.END
