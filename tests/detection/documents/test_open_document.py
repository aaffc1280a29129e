import pytest

from detection.documents.contents import Contents, Shortfall
from detection.documents.read import read
from tests.detection.documents.factories import odt

CONTENT = (
    "<text:p>in a <text:span>para</text:span>graph<text:s/>here</text:p><text:h>a heading</text:h>"
    "<o:annotation><creator>Sam</creator><date>2026-01-01</date><text:p>a remark</text:p></o:annotation>"
    "<text:tracked-changes><text:deletion><text:p>taken out</text:p></text:deletion></text:tracked-changes>"
    "<o:table o:name='Sheet one'><o:table-cell><text:p>in a cell</text:p></o:table-cell></o:table>"
    "<o:notes><text:p>only the speaker sees</text:p></o:notes><o:frame><o:desc>what a picture shows</o:desc></o:frame>"
)
MARKS = (
    "in a paragraph here", "a heading", "Sam", "a remark", "taken out", "Sheet one", "in a cell",
    "only the speaker sees", "what a picture shows", "at the top", "in the title",
)  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_words_in_every_place_are_read(mark: str) -> None:
    styles = "<o:styles xmlns:o='urn:o' xmlns:text='urn:t'><o:header><text:p>at the top</text:p></o:header></o:styles>"
    contents = read(odt(CONTENT, styles_xml=styles, meta_xml="<m><title>in the title</title></m>"))
    assert contents.text.split("\n").count(mark) == 1
    assert contents.shortfall is None


def test_one_with_a_password_is_said_to_be_so() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    assert read(odt("\x01\x02", **{"META-INF__manifest_xml": manifest})) == Contents(shortfall=Shortfall.ENCRYPTED)
