import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.folding import folded, letter

ODD = "aB1!@$|'`´ .-’\u200b\u0301éßŁﬁ½🅽你д\ud800\n"


@given(st.text(st.one_of(st.characters(codec=None), st.sampled_from(ODD))))
def test_a_text_is_folded_like_its_characters(text: str) -> None:
    assert folded(text) == "".join(map(letter, text))


@pytest.mark.parametrize("plain", ["", "word " * 20])
def test_so_it_is_where_few_of_them_are_not_ascii(plain: str) -> None:
    text = plain.join(ODD)
    assert folded(text) == "".join(map(letter, text))


@pytest.mark.parametrize(
    ("character", "read"), [("É", "e"), ("ß", "ss"), ("4", "a"), ("!", "!"), ("—", " "), ("’", ""), ("ੇ", "ੇ"), ("ੱ", "")]
)
def test_a_character_is_read_as_its_plainest_letter_a_space_or_nothing(character: str, read: str) -> None:
    assert letter(character) == read
