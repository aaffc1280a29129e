"""PDF: the pages' text, what is written on them (remarks, form fields), headings and properties."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from detection.documents.contents import Enough, Gathering, Shortfall
from detection.documents.kind import LOOK_AT

MOST_PAGES = 500
MOST_NOTES = 200
"""On one page."""
_END = b"%%EOF"
_END_OF_ANY = b"\nstartxref\n0\n%%EOF\n"
"""Put after a file that was cut off, so that the library looks for what there is."""
_NOTE_TEXTS = ("/Contents", "/V", "/TU", "/T")
_PROPERTIES = ("/Title", "/Subject", "/Keywords", "/Author")


def gather_pdf(body: bytes, gathering: Gathering) -> None:
    opened: list[PdfReader] = []
    if _END not in body[-LOOK_AT:]:
        gathering.fall_short(Shortfall.BROKEN)
        body += _END_OF_ANY
    _try(lambda: opened.append(PdfReader(BytesIO(body), strict=False)), gathering)
    for reader in opened:
        if _is_locked(reader):
            gathering.fall_short(Shortfall.ENCRYPTED)
            return
        _try(lambda reader=reader: _properties(reader, gathering), gathering)  # type: ignore[misc]
        _try(lambda reader=reader: _pages(reader, gathering), gathering)  # type: ignore[misc]
        _try(lambda reader=reader: _outline(reader.outline, gathering, 0), gathering)  # type: ignore[misc]


def _is_locked(reader: PdfReader) -> bool:
    """Many are encrypted with no password, to forbid printing."""
    try:
        return reader.is_encrypted and not reader.decrypt("")
    except Exception:  # noqa: BLE001  # see ``_try``
        return True


def _pages(reader: PdfReader, gathering: Gathering) -> None:
    for number, page in enumerate(_found(reader)):
        if number >= MOST_PAGES:
            gathering.fall_short(Shortfall.LARGE)
            return
        _try(lambda page=page: gathering.line(page.extract_text()), gathering)  # type: ignore[misc]
        _try(lambda page=page: _notes(page, gathering), gathering)  # type: ignore[misc]


def _found(reader: PdfReader) -> Iterator[PageObject]:
    """Of a file that is cut off, which has no list of its pages any more, those that stand in it."""
    try:
        len(reader.pages)
    except Exception:  # noqa: BLE001  # see ``_try``
        yield from _without_a_list(reader)
    else:
        yield from reader.pages


def _without_a_list(reader: PdfReader) -> Iterator[PageObject]:
    for number in sorted(reader.xref.get(0, {})):
        reference = IndirectObject(number, 0, reader)
        with suppress(Exception):
            found = reference.get_object()
            if isinstance(found, DictionaryObject) and found.get("/Type") == "/Page":
                page = PageObject(reader, reference)
                page.update(found)
                yield page


def _notes(page: PageObject, gathering: Gathering) -> None:
    for number, reference in enumerate(page.get("/Annots") or ()):
        if number >= MOST_NOTES:
            gathering.fall_short(Shortfall.LARGE)
            return
        note = reference.get_object()
        if isinstance(note, DictionaryObject):
            for name in _NOTE_TEXTS:
                if isinstance(value := note.get(name), str) and not value.startswith("/"):
                    gathering.line(value)


def _properties(reader: PdfReader, gathering: Gathering) -> None:
    about: Mapping[str, object] = reader.metadata or {}
    for name in _PROPERTIES:
        if isinstance(value := about.get(name), str):
            gathering.line(value)


def _outline(headings: Iterable[object], gathering: Gathering, depth: int) -> None:
    for heading in headings:
        if isinstance(heading, list) and depth < 20:
            _outline(heading, gathering, depth + 1)
        elif isinstance(title := getattr(heading, "title", None), str):
            gathering.line(title)


def _try(step: Callable[[], None], gathering: Gathering) -> None:
    """One page that cannot be read costs that page."""
    try:
        step()
    except Enough:
        raise
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # the library raises whatever its parsing trips over
        gathering.fall_short(Shortfall.BROKEN)
