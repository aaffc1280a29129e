import pytest

from detection.documents.archive import entries
from detection.documents.contents import Gathering
from detection.documents.kind import OLE, Kind, begins_like_a_document, kind_of, kind_of_archive
from tests.detection.documents.factories import OFFICE, docx, odt, office, pdf, zipped

LOCKED = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (pdf("x"), Kind.PDF),
        (b"junk before" + pdf("x"), Kind.PDF),
        (docx(), Kind.ARCHIVE),
        (b"{\\rtf1 x}", Kind.RICH_TEXT),
        (LOCKED, Kind.ENCRYPTED),
        (OLE + bytes(600), Kind.UNKNOWN),
        (b"<!DOCTYPE html><p>x", Kind.HTML),
        (b'<?xml version="1.0"?>\n<html>', Kind.HTML),
        (b"see you soon", Kind.PLAIN),
        ("see you".encode("utf-16"), Kind.PLAIN),
        (b"\x89PNG\r\n\x1a\n\0\0", Kind.UNKNOWN),
        (b"", Kind.UNKNOWN),
    ],
)
def test_the_bytes_say_what_they_are(body: bytes, kind: Kind) -> None:
    assert kind_of(body) is kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (docx(), Kind.WORD),
        (docx(main=f"{OFFICE}.wordprocessingml.template.main+xml"), Kind.WORD),
        (office("xl", {}), Kind.SHEET),
        (office("xl", {}, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"), Kind.SHEET),
        (office("ppt", {}), Kind.SLIDES),
        (office("ppt", {}, f"{OFFICE}.presentationml.slideshow.main+xml"), Kind.SLIDES),
        (odt(""), Kind.OPEN_DOCUMENT),
        (zipped({"mimetype": "application/epub+zip"}), Kind.EPUB),
        (zipped({"_rels/.rels": "", "word/document.xml": ""}), Kind.WORD),
        (zipped({"letter.docx": "not really"}), Kind.ARCHIVE),
    ],
)
def test_an_archive_says_by_its_own_entry_what_it_is(body: bytes, kind: Kind) -> None:
    gathering = Gathering()
    assert kind_of_archive(entries(body, gathering), gathering) is kind


@pytest.mark.parametrize(
    ("head", "may"), [(b"PK\x03\x04", True), (b"%PDF-1.7", True), (OLE, True), (b"{\\rtf", True), (b"see you", False)]
)
def test_the_first_bytes_tell_whether_it_may_be_a_document(head: bytes, may: bool) -> None:
    assert begins_like_a_document(head) is may
