from pathlib import Path

import pytest

from detection.toml_file import read


def test_a_file_is_given_as_text_and_as_tables(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text("[one]\nis = 1\n", "utf-8")
    assert read(file, ValueError) == ("[one]\nis = 1\n", {"one": {"is": 1}})


@pytest.mark.parametrize(
    ("content", "said"), [(b"[one", "is not TOML"), (b"\xff", "is not TOML"), (None, "cannot be read: No such file")]
)
def test_what_is_wrong_is_said_with_the_files_name_in_the_callers_error(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "a.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(KeyError, match=f"a.toml: {said}"):
        read(file, KeyError)
