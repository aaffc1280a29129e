import io
import zlib

import pytest
from pypdf import PdfReader, PdfWriter

from detection.documents.contents import Contents, Shortfall
from detection.documents.read import read
from tests.detection.documents.factories import pdf


def locked(words: str, password: str) -> bytes:
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(words)))), io.BytesIO()
    writer.encrypt(user_password=password, owner_password="for-the-owner", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def test_pages_remarks_and_title_are_read() -> None:
    contents = read(pdf("rivers of wales", "see you soon", info="in the title", note="a remark"))
    lines = ["in the title", "rivers of wales", "a remark", "see you soon", "a remark"]
    assert contents == Contents(text="\n".join(lines))


def test_one_with_a_password_is_said_to_be_so_and_one_without_is_read() -> None:
    assert read(locked("rivers", "a-password")) == Contents(shortfall=Shortfall.ENCRYPTED)
    assert read(locked("rivers", "")).text == "rivers"


def test_a_table_that_leads_nowhere_is_put_right() -> None:
    body = pdf("rivers of wales")
    assert "rivers of wales" in read(body.replace(b"startxref\n", b"startxref\n9")).text


@pytest.mark.parametrize("end", [b"startxref", b"xref", b"6 0 obj"])
def test_of_one_that_is_cut_off_the_pages_that_came_are_read(end: bytes) -> None:
    body = pdf("rivers of wales", "see you")
    contents = read(body[: body.find(b"\n8 0 obj" if end == b"6 0 obj" else b"\n" + end)])
    assert contents.text.startswith("rivers of wales")
    assert contents.shortfall is Shortfall.BROKEN


@pytest.mark.parametrize("body", [b"%PDF-1.4", b"%PDF-1.7\n" + bytes(3000), b"%PDF-1.4\ntrailer\n<< /Root 1 0 R >>"])
def test_what_is_broken_is_said_to_be_so(body: bytes) -> None:
    assert read(body).shortfall is Shortfall.BROKEN


def test_of_pages_without_end_the_first_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detection.documents.pdf.MOST_PAGES", 2)
    contents = read(pdf("one", "two", "three"))
    assert contents == Contents(text="one\ntwo", shortfall=Shortfall.LARGE)


def test_a_page_that_is_its_own_parent_does_not_turn_for_ever() -> None:
    body = pdf("one").replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]")
    assert read(body).text in ("", "one")


def test_a_page_that_unpacks_without_end_costs_that_page() -> None:
    packed = zlib.compress(bytes(200 << 20), 9)
    body = pdf("one", "two")
    drawn = b"<< /Length 34 >>\nstream\nBT /F1 12 Tf 20 100 Td (one) Tj ET"
    assert drawn in body
    huge = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s" % (len(packed), packed)
    assert "two" in read(body.replace(drawn, huge)).text


def test_of_a_page_with_very_many_remarks_the_first_are_read_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detection.documents.pdf.MOST_NOTES", 0)
    contents = read(pdf("rivers of wales", note="a remark"))
    assert contents == Contents(text="rivers of wales", shortfall=Shortfall.LARGE)
