"""Where the words stand in a presentation of Office Open XML: slides, what the speaker notes, what others remark."""

from detection.documents.xml_text import Rules

PARTS = ("slide", "notesslide", "comment", "moderncomment", "data")
RULES = Rules(
    words=frozenset({"t", "text"}),
    breaks=frozenset({"p", "br", "text", "tr"}),
    skipped=frozenset({"Fallback"}),
    attributes={"cNvPr": ("descr", "title"), "cmAuthor": ("name",), "author": ("name",)},
)
