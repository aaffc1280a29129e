from detection.conversations.inflow import Inflow


def flow(data: bytes, longest: int = 10) -> Inflow:
    made = Inflow(longest)
    made.add(data)
    return made


def test_lines_come_once_they_have_ended() -> None:
    made = flow(b"one\r\ntwo\nthr")
    assert [made.line(), made.line(), made.line()] == [b"one", b"two", None]
    made.add(b"ee\r\n")
    assert made.line() == b"three"


def test_of_a_line_that_is_too_long_the_beginning_is_given_however_it_comes() -> None:
    whole = flow(b"x" * 30 + b"\nnext\n")
    pieces = flow(b"")
    found = []
    for byte in b"x" * 30 + b"\nnext\n":
        pieces.add(bytes([byte]))
        assert len(pieces) <= 11
        found.append(pieces.line())
    assert [whole.line(), whole.line()] == [line for line in found if line is not None] == [b"x" * 10, b"next"]


def test_bytes_are_counted_off_and_only_the_first_of_them_kept() -> None:
    made = flow(b"")
    made.count_off(6, 4)
    made.add(b"abc")
    assert made.counted() is None
    made.add(b"defgh\n")
    assert (made.counted(), made.is_counting, made.line()) == (b"abcd", False, b"gh")


def test_nothing_may_be_counted_off_too() -> None:
    made = flow(b"a\n")
    made.count_off(0, 4)
    assert (made.counted(), made.line()) == (b"", b"a")


def test_some_may_be_looked_at_and_taken() -> None:
    made = flow(b"abcd\n")
    assert (made.peek(2), made.exactly(9), made.exactly(2), made.line()) == (b"ab", None, b"ab", b"cd")
