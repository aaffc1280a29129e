import pytest

from detection.documents.read import read
from tests.detection.documents.factories import W, docx, paragraph

PLACES = {
    "word__header1_xml": f"<w:hdr {W}>{paragraph('in the header')}</w:hdr>",
    "word__footer2_xml": f"<w:ftr {W}>{paragraph('in the footer')}</w:ftr>",
    "word__footnotes_xml": f"<w:footnotes {W}><w:footnote>{paragraph('in a footnote')}</w:footnote></w:footnotes>",
    "word__endnotes_xml": f"<w:endnotes {W}><w:endnote>{paragraph('in an endnote')}</w:endnote></w:endnotes>",
    "word__comments_xml": f'<w:c {W}><w:comment w:author="Sam">{paragraph("in a remark")}</w:comment></w:c>',
    "docProps__core_xml": '<c xmlns:d="urn:dc"><d:title>in the title</d:title><d:subject>in the subject</d:subject>'
    "<keywords>in the keywords</keywords></c>",
}
BODY = (
    f"<w:tbl><w:tr><w:tc>{paragraph('in a cell')}</w:tc><w:tc>{paragraph('in the next')}</w:tc></w:tr></w:tbl>"
    "<w:p><w:ins><w:r><w:t>put in</w:t></w:r></w:ins></w:p>"
    "<w:p><w:del><w:r><w:delText>taken out</w:delText></w:r></w:del></w:p>"
    f"<w:p><mc:AlternateContent><mc:Choice><w:txbxContent>{paragraph('in a box')}</w:txbxContent></mc:Choice>"
    f"<mc:Fallback>{paragraph('in a box')}</mc:Fallback></mc:AlternateContent></w:p>"
    '<w:p><w:drawing><wp:docPr descr="what a picture shows"/></w:drawing></w:p>'
    "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>a sp</w:t></w:r><w:r><w:t>lit word</w:t></w:r></w:p>"
)
MARKS = (
    "in the header", "in the footer", "in a footnote", "in an endnote", "in a remark", "Sam", "in the title",
    "in the subject", "in the keywords", "in a cell", "in the next", "put in", "taken out", "in a box",
    "what a picture shows", "hidden", "a split word", "the first line",
)  # fmt: skip


@pytest.fixture(scope="module")
def lines() -> list[str]:
    first = f"the first line</w:t></w:r></w:p>{BODY}<w:p><w:r><w:t>"
    contents = read(docx(first, **PLACES))
    assert contents.shortfall is None
    return contents.text.split("\n")


@pytest.mark.parametrize("mark", MARKS)
def test_words_in_every_place_of_a_letter_are_read_once(lines: list[str], mark: str) -> None:
    assert lines.count(mark) == 1


@pytest.mark.parametrize("kind", ["document.macroEnabled", "template.macroEnabledTemplate"])
def test_templates_and_letters_with_macros_are_letters_too(kind: str) -> None:
    assert read(docx("rivers", f"application/vnd.ms-word.{kind}.main+xml")).text == "rivers"
