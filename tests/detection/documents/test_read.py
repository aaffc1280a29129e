import pytest

from detection.documents.contents import MOST_TEXT, Contents, Gathering, Shortfall
from detection.documents.kind import OLE
from detection.documents.read import read
from tests.detection.documents.factories import docx, odt, pdf, zipped


def test_documents_in_an_archive_are_read_and_other_files_are_not() -> None:
    files: dict[str, str | bytes] = {
        "a.docx": docx("in a letter"),
        "b.pdf": pdf("in a file"),
        "c.txt": "in plain text",
        "d.odt": odt("<text:p>in another</text:p>"),
        "e.png": b"\x89PNG see you",
        "f.js": "var words = 'see you soon'",
        "g.docx": "no letter at all",
    }
    assert read(zipped(files)) == Contents(text="in a letter\nin a file\nin plain text\nin another")


@pytest.mark.parametrize(
    ("depth", "contents"),
    [(1, Contents(text="deep")), (2, Contents(text="deep")), (3, Contents(shortfall=Shortfall.LARGE))],
)
def test_archives_within_archives_are_read_to_a_depth(depth: int, contents: Contents) -> None:
    body: bytes = zipped({"a.txt": "deep"})
    for _ in range(depth):
        body = zipped({"inner.zip": body})
    assert read(body) == contents


def test_a_letter_in_an_archive_that_needs_a_password_is_counted() -> None:
    assert read(zipped({"a.doc": OLE + bytes(2000)})).shortfall is Shortfall.UNKNOWN


def test_more_text_than_is_wanted_is_cut() -> None:
    contents = read(b"see you soon\n" * 200_000)
    assert (len(contents.text), contents.shortfall) == (MOST_TEXT, Shortfall.LARGE)


def test_a_small_letter_that_unpacks_to_far_more_is_read_up_to_the_limit() -> None:
    gathering = Gathering(most_text=1 << 40)
    contents = read(docx("rivers of wales " * 2_000_000 + "and then"), gathering)
    assert contents.shortfall is Shortfall.LARGE
    assert "rivers of wales" in contents.text
    assert len(contents.text) < 33 << 20


@pytest.mark.parametrize(
    "body", [b"", b"\0", b"PK\x03\x04", b"PK\x03\x04" + bytes(100), OLE, b"\xff\xfe\0", docx()[:400]]
)
def test_any_bytes_are_answered(body: bytes) -> None:
    assert isinstance(read(body), Contents)


@pytest.mark.parametrize("step", [7, 53, 211])
def test_a_damaged_letter_is_answered_wherever_the_damage_is(step: int) -> None:
    whole = docx("rivers of wales", word__header1_xml="<a/>")
    for at in range(0, len(whole), step):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        assert isinstance(read(bytes(damaged)), Contents)
