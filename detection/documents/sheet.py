"""Where the words stand in a spreadsheet of Office Open XML: most of them once, in a table shared by all sheets."""

from detection.documents.xml_text import Rules

PARTS = ("sharedstrings", "comments", "threadedcomment", "workbook", "drawing", "sheet")
RULES = Rules(
    words=frozenset({
        "t", "text", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter", "author",
        "f",
    }),
    breaks=frozenset({
        "si", "is", "f", "v", "p", "comment", "text", "author",
        "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter",
    }),
    skipped=frozenset({"rPh", "Fallback"}),
    results={"c": "v"},
    attributes={"sheet": ("name",), "dataValidation": ("prompt", "promptTitle", "error", "errorTitle"),
                "cNvPr": ("descr", "title"), "tableColumn": ("name",), "person": ("displayName",)},
)  # fmt: skip
