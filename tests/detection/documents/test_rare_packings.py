import io
import zipfile

import pytest

from detection.documents.contents import Shortfall
from detection.documents.read import read

TEXT = "see you at the river\n" * 3000


def archive(method: int, text: str | bytes = TEXT) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        file.writestr("a.txt", text)
        file.writestr("b.txt", "and there")
    return made.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_packed_otherwise_is_read(method: int) -> None:
    contents = read(archive(method))
    assert contents.text.split() == f"{TEXT} and there".split()
    assert contents.shortfall is None


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_is_cut_and_what_is_damaged_is_told(method: int) -> None:
    assert read(archive(method, b"a" * (100 << 20))).shortfall is Shortfall.LARGE
    whole = archive(method)
    start = whole.index(b"a.txt") + 5
    for damaged in (whole[:start] + b"\xff" * 40 + whole[start + 40 :], whole[: start + 30], whole[:start]):
        assert read(damaged).shortfall is Shortfall.BROKEN
