"""Where the words stand in a word-processor document of Office Open XML."""

from detection.documents.xml_text import Rules

PARTS = ("document", "header", "footer", "footnotes", "endnotes", "comments")
"""How the names of the parts begin that are read first."""
RULES = Rules(
    words=frozenset({"t", "delText"}),
    breaks=frozenset({"p", "tr", "br", "cr"}),
    spaces=frozenset({"tab", "ptab", "noBreakHyphen"}),
    skipped=frozenset({"Fallback", "tblPr", "pPr", "sectPr"}),  # a text box stands twice: for new and for old programs
    attributes={"docPr": ("descr", "title"), "comment": ("author",), "textpath": ("string",)},
)
