"""What kind of document some bytes are, by what stands in them: a name or a media type may say anything."""

import re
from collections.abc import Sequence
from enum import StrEnum, auto

from detection.byte_order import is_marked_wide
from detection.documents.archive import Entry
from detection.documents.contents import Gathering

PDF, ZIP, RTF, OLE = b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOOK_AT = 1024
"""Bytes; a PDF may begin with as many that are not its own."""
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
"""How Office wraps a document with a password."""
_HTML = re.compile(rb"[\s\xef\xbb\xbf]*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|!--)", re.I)
_MAIN = re.compile(rb"[\w./-]{1,100}main\+xml")
MOST_TYPES = 1 << 18
"""Bytes of the list of parts' types that are looked at."""


class Kind(StrEnum):
    WORD = auto()
    SHEET = auto()
    SLIDES = auto()
    OPEN_DOCUMENT = auto()
    EPUB = auto()
    ARCHIVE = auto()
    """A zip of anything."""
    PDF = auto()
    RICH_TEXT = auto()
    HTML = auto()
    PLAIN = auto()
    ENCRYPTED = auto()
    UNKNOWN = auto()


_OFFICE = (
    (b"wordprocessingml", Kind.WORD), (b"ms-word", Kind.WORD),
    (b"presentationml", Kind.SLIDES), (b"ms-powerpoint", Kind.SLIDES),
    (b"spreadsheetml", Kind.SHEET), (b"ms-excel.sheet.macroenabled", Kind.SHEET),
    (b"ms-excel.template", Kind.SHEET),
)  # fmt: skip
"""In the list of parts' types, in lower case. The first counts: a letter may hold a table's part."""
_FOLDERS = (("word/", Kind.WORD), ("ppt/", Kind.SLIDES), ("xl/", Kind.SHEET))
"""Where the list is lost."""


def begins_like_a_document(head: bytes) -> bool:
    """Whether bytes of any type may be a document's first ones."""
    return head.startswith((ZIP, RTF, OLE)) or PDF in head[:LOOK_AT]


def kind_of(body: bytes) -> Kind:
    """ARCHIVE for any zip: ``kind_of_archive`` says more."""
    head = body[:LOOK_AT]
    if head.startswith(ZIP):
        return Kind.ARCHIVE
    if head.lstrip().startswith(RTF):
        return Kind.RICH_TEXT
    if PDF in head:
        return Kind.PDF
    if head.startswith(OLE):
        return Kind.ENCRYPTED if _ENCRYPTED_PACKAGE in body else Kind.UNKNOWN
    if _HTML.match(head):
        return Kind.HTML
    return Kind.PLAIN if _is_text(head) else Kind.UNKNOWN


def kind_of_archive(entries: Sequence[Entry], gathering: Gathering) -> Kind:
    """By the entry that every format has for this very purpose."""
    for entry in entries:
        if entry.name == "mimetype":
            named = entry.head(gathering)
            if named.startswith(b"application/epub+zip"):
                return Kind.EPUB
            if named.startswith(b"application/vnd.oasis.opendocument."):
                return Kind.OPEN_DOCUMENT
        elif entry.name.lower() == "[content_types].xml":
            types = entry.body(gathering)[:MOST_TYPES].lower()
            # The main part's type decides, for the others may be those of parts within.
            main = b"\n".join(_MAIN.findall(types)) or types
            if found := next((kind for word, kind in _OFFICE if word in main), None):
                return found
    names = [entry.name.lower() for entry in entries]
    if any(name.startswith("_rels/") for name in names):
        return next((kind for folder, kind in _FOLDERS if any(n.startswith(folder) for n in names)), Kind.ARCHIVE)
    return Kind.ARCHIVE


def _is_text(head: bytes) -> bool:
    return bool(head) and (is_marked_wide(head) or sum(b < 32 and b not in b"\t\n\f\r\x1b" for b in head) == 0)
