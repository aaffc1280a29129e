"""OpenDocument: odt, ods, odp and their templates; comments, notes and deleted text stand among the rest."""

from collections.abc import Iterable

from detection.documents.archive import Entry
from detection.documents.contents import Gathering, Shortfall
from detection.documents.properties import PROPERTIES
from detection.documents.xml_text import Rules, gather

RULES = Rules(
    words=frozenset({"p", "h", "creator", "title", "desc"}),
    breaks=frozenset({"p", "h", "line-break", "table-row", "creator", "title", "desc"}),
    spaces=frozenset({"s", "tab"}),
    skipped=frozenset({"binary-data"}),
    attributes={"table": ("name",)},
)
PARTS = {"meta.xml": PROPERTIES, "content.xml": RULES, "styles.xml": RULES}
"""Headers and footers stand among the styles."""
MANIFEST = "META-INF/manifest.xml"


def gather_open_document(entries: Iterable[Entry], gathering: Gathering) -> None:
    """What is embedded (a chart, a formula) has a ``content.xml`` of its own in a folder."""
    known = tuple(entries)
    if any(entry.name == MANIFEST and b"encryption-data" in entry.body(gathering) for entry in known):
        gathering.fall_short(Shortfall.ENCRYPTED)
        return
    for part, rules in PARTS.items():
        for entry in known:
            if entry.name == part or entry.name.endswith(f"/{part}"):
                gather(entry.pieces(gathering), rules, gathering)
