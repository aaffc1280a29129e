import pytest

from detection.documents.read import read
from tests.detection.documents.factories import office


def shape(text: str) -> str:
    return f'<p:sp xmlns:p="urn:p" xmlns:a="urn:a"><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>'


PARTS = {
    "ppt/slides/slide1.xml": shape("on the first slide"),
    "ppt/slides/slide10.xml": shape("on the tenth slide"),
    "ppt/slides/slide2.xml": f'<p:tbl xmlns:p="urn:p">{shape("in a table")}<p:cNvPr descr="in a picture"/></p:tbl>',
    "ppt/notesSlides/notesSlide1.xml": shape("only the speaker sees"),
    "ppt/comments/comment1.xml": '<p:cmLst xmlns:p="urn:p"><p:cm><p:text>a remark</p:text></p:cm></p:cmLst>',
    "ppt/comments/modernComment_1.xml": shape("a newer remark"),
    "ppt/commentAuthors.xml": '<p:cmAuthorLst xmlns:p="urn:p"><p:cmAuthor name="Sam"/></p:cmAuthorLst>',
    "ppt/slideMasters/slideMaster1.xml": shape("on every slide"),
    "ppt/diagrams/data1.xml": shape("in a diagram"),
    "docProps/core.xml": "<c><subject>in the subject</subject></c>",
}
MARKS = (
    "on the first slide", "in a table", "in a picture", "on the tenth slide", "only the speaker sees", "a remark",
    "a newer remark", "Sam", "on every slide", "in a diagram", "in the subject",
)  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_words_in_every_place_of_a_presentation_are_read(mark: str) -> None:
    contents = read(office("ppt", PARTS))
    assert contents.text.split("\n").count(mark) == 1
    assert contents.shortfall is None


def test_slides_come_in_their_order() -> None:
    lines = read(office("ppt", PARTS)).text.split("\n")
    assert lines.index("on the first slide") < lines.index("in a table") < lines.index("on the tenth slide")
