from detection.documents.long_text import LONGEST, in_pieces


def test_a_long_text_is_cut_between_lines() -> None:
    line = "see you at the river"
    found = list(in_pieces(f"{line}\n" * 20_000))
    assert len(found) == 5
    assert {part for piece in found for part in piece.split("\n")} == {line}


def test_one_without_lines_is_cut_between_words_and_one_without_words_anywhere() -> None:
    assert all(set(piece.split(" ")) == {"river"} for piece in in_pieces("river " * 50_000))
    assert [len(piece) for piece in in_pieces("x" * (LONGEST + 5))] == [LONGEST, 5]


def test_what_holds_nothing_is_no_piece() -> None:
    assert list(in_pieces(" \n ")) == []
