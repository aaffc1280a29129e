import pytest

from detection.documents.contents import Contents, Shortfall
from detection.documents.read import read
from tests.detection.documents.factories import zipped

BOOK = {
    "mimetype": "application/epub+zip",
    "OEBPS/book.opf": "<package><metadata><title>Rivers of Wales</title></metadata></package>",
    "OEBPS/one.xhtml": "<html><head><style>p {}</style></head><body><p>The <b>Wye</b></p></body></html>",
    "OEBPS/two.html": "<html><body><p>The Severn</p></body></html>",
}


def test_title_and_chapters_are_read() -> None:
    assert read(zipped(BOOK)) == Contents(text="Rivers of Wales\nThe Wye\nThe Severn")


@pytest.mark.parametrize(("hidden", "shortfall"), [("OEBPS/one.xhtml", Shortfall.ENCRYPTED), ("OEBPS/a.otf", None)])
def test_a_book_whose_chapters_are_encrypted_is_said_to_be_so(hidden: str, shortfall: Shortfall | None) -> None:
    encryption = f'<encryption><CipherReference URI="{hidden}"/></encryption>'
    assert read(zipped({**BOOK, "META-INF/encryption.xml": encryption})).shortfall is shortfall
