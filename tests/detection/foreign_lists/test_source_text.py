from pathlib import Path

import pytest

from detection.foreign_lists.source_text import lines, read_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_are_read_however_they_are_spelt(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "list"
    file.write_bytes("Schläger “café”".encode(encoding))
    assert read_text(file) == "Schläger “café”"


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00", "Phrase\n".encode("utf-16-le")])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "list"
    file.write_bytes(content)
    with pytest.raises(ValueError, match="is not a text file, or one in UTF-16 without its mark; save it as UTF-8"):
        read_text(file)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_numbered_as_an_editor_does(ending: str) -> None:
    text = ending.join(["one", "", "  two\x85\t", "three"])
    assert [(place.line, line) for place, line in lines(Path("x"), text)] == [(1, "one"), (3, "two"), (4, "three")]
