from detection.decoding.pieces import SHOWN, Decoded, Deeper, Piece, in_place

WRITTEN = "so xx yy ok"
READING = Decoded(WRITTEN, in_place(WRITTEN, [Piece(6, 8, "you"), Piece(3, 5, "see")]), "a secret script")


def test_coded_pieces_are_read_in_their_place() -> None:
    assert READING.text == "so see you ok"


def test_a_coded_piece_counts_as_a_whole_and_the_rest_to_the_letter() -> None:
    assert READING.origin(1, 5) == (1, 5)
    assert READING.origin(4, 8) == (3, 8)
    assert READING.origin(8, 13) == (6, 11)


def test_what_is_plain_anyway_is_not_its_business() -> None:
    assert READING.origin(0, 2) is None
    assert READING.origin(11, 13) is None


def test_the_reviewer_reads_how_it_was_written() -> None:
    assert READING.said(3, 10) == "These words were written as a secret script: “xx yy”."


def test_a_long_script_is_not_repeated_in_full() -> None:
    long = Decoded("x" * 500, [Piece(0, 500, "hello")], "a secret script")
    assert len(long.said(0, 5)) < SHOWN + 60


def test_pieces_may_be_read_in_another_order() -> None:
    turned = Decoded("ba", [Piece(1, 2, "a"), Piece(0, 1, "b")], "backwards")
    assert turned.text == "ab"
    assert (turned.origin(0, 1), turned.origin(0, 2)) == ((1, 2), (0, 2))


def test_what_was_coded_twice_is_traced_to_what_was_written() -> None:
    outer = Decoded("well QQ", in_place("well QQ", [Piece(5, 7, "rr ok")]), "one script")
    inner = Decoded(outer.text, in_place(outer.text, [Piece(5, 7, "die")]), "another")
    both = Deeper(outer, inner)
    assert both.text == "well die ok"
    assert both.origin(5, 8) == (5, 7)
    assert both.origin(0, 4) is None
    assert both.said(5, 8) == "These words were written as another, and that as one script: “QQ”."
