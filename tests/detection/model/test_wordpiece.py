import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.model.wordpiece import LONGEST_WORD, WordPieces, plain

PIECES = ["[UNK]", "[CLS]", "[SEP]", "river", "##s", "ri", "##ver", "bank", "!", "a"]
CUT = WordPieces(PIECES)


def named(text: str, most: int = 20) -> list[str]:
    return [PIECES[number] for number in CUT.encode(text, most)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("rivers", ["river", "##s"]),
        ("River BANK!", ["river", "bank", "!"]),
        ("Rívers", ["river", "##s"]),
        ("ri\u200bver", ["river"]),
        ("bank_river", ["bank", "[UNK]", "river"]),
        ("boat", ["[UNK]"]),
        ("a" * (LONGEST_WORD + 1), ["[UNK]"]),
        ("", []),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(text: str, pieces: list[str]) -> None:
    assert named(text) == ["[CLS]", *pieces, "[SEP]"]


def test_a_long_text_is_cut_off_and_still_ended() -> None:
    assert named("bank " * 50, most=5) == ["[CLS]", "bank", "bank", "bank", "[SEP]"]


@given(st.text(max_size=60))
def test_any_text_can_be_cut(text: str) -> None:
    numbers = CUT.encode(text, 12)
    assert 2 <= len(numbers) <= 12
    assert all(0 <= number < len(PIECES) for number in numbers)


def test_plain_text_has_neither_case_nor_accents() -> None:
    assert plain("ÉCOLE Straße") == "ecole straße"
