"""Office Open XML: docx, xlsx, pptx, with or without macros, and their templates."""

from collections.abc import Iterable
from dataclasses import dataclass

from detection.documents import sheet, slides, word
from detection.documents.archive import Entry
from detection.documents.contents import Gathering, Shortfall
from detection.documents.kind import Kind
from detection.documents.properties import PROPERTIES
from detection.documents.xml_text import Rules, gather

NOT_WORDS = frozenset({
    "[content_types]", "styles", "settings", "fonttable", "websettings", "numbering", "styleswitheffects", "theme",
    "presprops", "viewprops", "tablestyles", "calcchain", "app", "presentation",
})  # fmt: skip


_BINARY = "xl/workbook.bin"
"""A spreadsheet whose parts are no XML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    parts: tuple[str, ...]
    rules: Rules


FORMATS = {
    Kind.WORD: Format(parts=word.PARTS, rules=word.RULES),
    Kind.SHEET: Format(parts=sheet.PARTS, rules=sheet.RULES),
    Kind.SLIDES: Format(parts=slides.PARTS, rules=slides.RULES),
}


def gather_office(entries: Iterable[Entry], kind: Kind, gathering: Gathering) -> None:
    """Every part that may hold words, whatever it is named and whether or not anything refers to it."""
    form = FORMATS[kind]
    known = tuple(entries)
    if any(entry.name.lower().endswith(_BINARY) for entry in known):
        gathering.fall_short(Shortfall.UNKNOWN)
    parts = [entry for entry in known if entry.name.lower().endswith(".xml") and _stem(entry) not in NOT_WORDS]
    for entry in sorted(parts, key=lambda each: _rank(each, form.parts)):
        is_property = "docprops/" in entry.name.lower()
        gather(entry.pieces(gathering), PROPERTIES if is_property else form.rules, gathering)


def _stem(entry: Entry) -> str:
    """``word/Header1.xml`` is a header."""
    return entry.name.lower().rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")


def _rank(entry: Entry, parts: tuple[str, ...]) -> tuple[int, int, str]:
    """The text itself first, so that the limits cut what matters least; slide 10 after slide 9."""
    stem = _stem(entry)
    if "docprops/" in entry.name.lower():
        return 0, 0, ""
    return parts.index(stem) + 1 if stem in parts else len(parts) + 1, len(entry.name), entry.name
