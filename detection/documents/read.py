"""Read one document of any known kind, and what lies within it."""

import re
from collections.abc import Callable, Iterable

from detection.documents.archive import Entry, entries
from detection.documents.contents import Contents, Enough, Gathering, Shortfall
from detection.documents.epub import gather_epub
from detection.documents.kind import Kind, begins_like_a_document, kind_of, kind_of_archive
from detection.documents.office_open import FORMATS, gather_office
from detection.documents.open_document import gather_open_document
from detection.documents.pdf import gather_pdf
from detection.documents.plain import gather_html, gather_plain
from detection.documents.rich_text import gather_rich_text

DEEPEST = 2
"""Archives within archives."""
_TEXT_FILE = re.compile(r"\.(?:txt|text|md|csv|tsv|html?|xhtml|mht|log)$", re.I)
_PROGRAM_PART = ".bin"
"""Macros, printers' settings: they look like documents of the old formats."""
READERS: dict[Kind, Callable[[bytes, Gathering], None]] = {
    Kind.PDF: gather_pdf,
    Kind.RICH_TEXT: gather_rich_text,
    Kind.HTML: gather_html,
    Kind.PLAIN: gather_plain,
    Kind.ENCRYPTED: lambda body, gathering: gathering.fall_short(Shortfall.ENCRYPTED),
    Kind.UNKNOWN: lambda body, gathering: gathering.fall_short(Shortfall.UNKNOWN),
}


def read(body: bytes, gathering: Gathering | None = None) -> Contents:
    """Bounded in text and bytes; time is the caller's to bound (``worker``). Any bytes at all are answered."""
    gathering = gathering or Gathering()
    try:
        _gather(body, gathering, 0)
    except Enough:
        pass
    except MemoryError:
        gathering.fall_short(Shortfall.LARGE)
    except RecursionError:
        gathering.fall_short(Shortfall.BROKEN)
    return gathering.contents


def _gather(body: bytes, gathering: Gathering, depth: int) -> None:
    kind = kind_of(body)
    if kind is Kind.ARCHIVE:
        _gather_archive(entries(body, gathering), gathering, depth)
    else:
        READERS[kind](body, gathering)


def _gather_archive(known: tuple[Entry, ...], gathering: Gathering, depth: int) -> None:
    kind = kind_of_archive(known, gathering)
    if kind in FORMATS:
        gather_office(known, kind, gathering)
    elif kind is Kind.OPEN_DOCUMENT:
        gather_open_document(known, gathering)
    elif kind is Kind.EPUB:
        gather_epub(known, gathering)
        return
    _gather_within(known, gathering, depth)


def _gather_within(known: Iterable[Entry], gathering: Gathering, depth: int) -> None:
    """Documents that lie in an archive, or are embedded in another document."""
    for entry in known:
        if entry.encrypted:
            gathering.fall_short(Shortfall.ENCRYPTED)
            continue
        if entry.name.lower().endswith(_PROGRAM_PART):
            continue
        head = entry.head(gathering)
        if not (begins_like_a_document(head) or (_TEXT_FILE.search(entry.name) and kind_of(head) in READERS)):
            continue
        if depth >= DEEPEST and kind_of(head) is Kind.ARCHIVE:
            gathering.fall_short(Shortfall.LARGE)
            continue
        gathering.break_line()
        _gather(entry.body(gathering), gathering, depth + 1)
