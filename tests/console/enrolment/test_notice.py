"""The school's own words, as they stand."""

from pathlib import Path

import pytest

from console.enrolment.notice import load_notice


def test_paragraphs_are_apart_by_empty_lines(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_bytes(b"\xef\xbb\xbfOne\r\nline.\r\n\r\n\r\nTwo.\n \nThree.\n")
    assert load_notice(file) == ("One\r\nline.", "Two.", "Three.")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b" \n\n", "is empty"), (b"\xff\xfe", "no text in UTF-8"), (b"a" * 100_001, "longer than")],
)
def test_a_notice_nobody_could_read_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "notice.txt").write_bytes(content)
    with pytest.raises(ValueError, match=said):
        load_notice(tmp_path / "notice.txt")


def test_a_missing_notice_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        load_notice(tmp_path / "notice.txt")
