import pytest

from detection.documents.read import read
from tests.detection.documents.factories import office


def cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


PARTS = {
    "xl/workbook.xml": '<w><sheets><sheet name="First"/><sheet name="Kept away" state="hidden"/></sheets></w>',
    "xl/sharedStrings.xml": "<sst><si><t>in a shared string</t></si>"
    "<si><r><t>in two </t></r><r><t>runs</t></r></si></sst>",
    "xl/worksheets/sheet1.xml": f'<w><row><c t="s"><v>0</v></c>{cell("in its own cell")}<f>"in a "&amp;A1</f></row>'
    '<row><c t="str"><f>A1</f><v>what a formula gave</v></c><c><v>17</v></c></row>'
    "<headerFooter><oddHeader>at the top</oddHeader></headerFooter></w>",
    "xl/worksheets/sheet2.xml": f"<w><row>{cell('on a hidden sheet')}</row></w>",
    "xl/comments1.xml": "<c><authors><author>Sam</author></authors>"
    "<commentList><comment><text><r><t>beside a cell</t></r></text></comment></commentList></c>",
    "xl/threadedComments/threadedComment1.xml": "<T><threadedComment><text>in a thread</text></threadedComment></T>",
    "docProps/core.xml": "<c><title>in the title</title></c>",
}
MARKS = (
    "First", "Kept away", "in a shared string", "in two runs", "in its own cell", '"in a "&A1', "at the top",
    "on a hidden sheet", "what a formula gave", "Sam", "beside a cell", "in a thread", "in the title",
)  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_words_in_every_place_of_a_table_are_read(mark: str) -> None:
    contents = read(office("xl", PARTS))
    assert mark in contents.text.split("\n")
    assert contents.shortfall is None
    assert "17" not in contents.text
