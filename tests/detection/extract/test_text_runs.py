from hypothesis import given
from hypothesis import strategies as st

from detection.extract.text_runs import text_of, text_runs


def test_sentences_among_bytes_are_found() -> None:
    body = b"\0\x07\xffsee you at the river\0\x01\xfe" + "до встречи у реки".encode() + b"\xff"
    assert list(text_runs(body)) == ["see you at the river", "до встречи у реки"]


def test_names_and_what_chance_makes_are_not() -> None:
    assert list(text_runs(b"\0session_id=4fd2a\0user name\xff3f 8a 9c 1d 4e\0application/json\0")) == []


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(body: bytes) -> None:
    assert all(text.strip() for text in text_runs(body))


def test_text_throughout_is_told_from_bytes() -> None:
    assert [text_of(body) for body in ("hé\n".encode(), b"h\0", b"\x0bh", b"\xff")] == ["hé\n", None, None, None]
