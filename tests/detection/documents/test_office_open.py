from detection.documents.contents import Contents, Shortfall
from detection.documents.kind import OLE
from detection.documents.read import read
from tests.detection.documents.factories import W, docx, office, paragraph


def test_a_main_part_of_any_name_is_read() -> None:
    assert read(office("word", {"word/other.xml": f"<w:d {W}>{paragraph('rivers')}</w:d>"})).text == "rivers"


def test_names_of_styles_are_not_text() -> None:
    styles = "<w:styles xmlns:w='urn:w'><w:t>Heading 1</w:t></w:styles>"
    assert read(docx("rivers", word__styles_xml=styles)).text == "rivers"


def test_a_damaged_part_costs_that_part() -> None:
    contents = read(docx("rivers", word__header1_xml=f"<w:hdr {W}>{paragraph('of wales')}<"))
    assert contents == Contents(text="rivers\nof wales", shortfall=Shortfall.BROKEN)


def test_a_table_whose_parts_are_no_xml_is_of_an_unknown_kind() -> None:
    assert read(office("xl", {"xl/workbook.bin": b"\x83\x01"})).shortfall is Shortfall.UNKNOWN


def test_what_is_embedded_is_read_too_and_what_belongs_to_programs_is_not() -> None:
    parts: dict[str, str | bytes] = {
        "word/document.xml": f"<w:d {W}>{paragraph('rivers')}</w:d>",
        "word/embeddings/a.docx": docx("of wales"),
        "word/vbaProject.bin": OLE,
    }
    assert read(office("word", parts)) == Contents(text="rivers\nof wales")
