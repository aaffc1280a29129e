"""EPUB: the chapters of an electronic book, and what it says about itself."""

import re
from collections.abc import Iterable

from detection.documents.archive import Entry
from detection.documents.contents import Gathering, Shortfall
from detection.documents.plain import gather_html
from detection.documents.properties import PROPERTIES
from detection.documents.xml_text import gather

_CHAPTER = re.compile(r"\.(?:xhtml|html?)$", re.I)
_ENCRYPTED_CHAPTER = re.compile(rb"URI=[\"'][^\"']+\.x?html?[\"']", re.I)
_ENCRYPTION = "META-INF/encryption.xml"
"""Many a book only hides its fonts."""


def gather_epub(entries: Iterable[Entry], gathering: Gathering) -> None:
    known = tuple(entries)
    if any(e.name == _ENCRYPTION and _ENCRYPTED_CHAPTER.search(e.body(gathering)) for e in known):
        gathering.fall_short(Shortfall.ENCRYPTED)
        return
    for entry in known:
        if entry.name.lower().endswith(".opf"):
            gather(entry.pieces(gathering), PROPERTIES, gathering)
    for entry in known:
        if _CHAPTER.search(entry.name):
            gather_html(entry.body(gathering), gathering)
