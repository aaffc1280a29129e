"""What is said of one saved file: the words in it that are new, who wrote them, and from where it came."""

from collections.abc import Iterator
from pathlib import Path

from agent.orders import Orders
from agent.seen import Seen
from agent.watchers.document_child import ReadsDocuments
from agent.watchers.file_bytes import LOOK_AT, NotRead, file_bytes
from agent.watchers.folders import Folder
from agent.watchers.origin import origin
from agent.watchers.pictures import ReadsPictures, is_picture
from agent.watchers.unread import Tally, Unread
from agent.watchers.what_is_new import WhatIsNew
from detection.documents.contents import Contents, Shortfall
from detection.documents.kind import Kind, begins_like_a_document, kind_of
from detection.documents.long_text import in_pieces
from detection.observation import Channel, Direction, Mark
from detection.storable import storable

REASONS = {
    Shortfall.ENCRYPTED: Unread.ENCRYPTED,
    Shortfall.UNKNOWN: Unread.UNKNOWN,
    Shortfall.BROKEN: Unread.BROKEN,
    Shortfall.LARGE: Unread.LARGE,
    Shortfall.TIMEOUT: Unread.TIMEOUT,
    Shortfall.CRASHED: Unread.CRASHED,
}
_LONGEST_NAME = 300


class SavedDocument:
    """Reads files for one thread, one after the other."""

    def __init__(self, documents: ReadsDocuments, pictures: ReadsPictures, tally: Tally) -> None:
        self._documents, self._pictures, self._tally = documents, pictures, tally
        self._new = WhatIsNew()

    def seen(self, folder: Folder, below: Path, orders: Orders) -> Iterator[Seen]:
        """``below``: its path from the folder on. What was not said of it before, in pieces."""
        path = folder.path / below
        address = origin(path)
        if orders.is_private(address=address):
            return
        try:
            content = file_bytes(path, folder.path)
        except NotRead as e:
            if e.why:
                self._tally.unread(e.why)
            return
        is_image = is_picture(content[:LOOK_AT])
        if self._new.is_known(content) or (is_image and not orders.ocr):
            return
        contents = self._of_picture(content) if is_image else self._of_document(content)
        if contents.shortfall:
            self._tally.unread(REASONS[contents.shortfall])
        is_own = not address and (not folder.downloads or self._new.was_read(path))
        for piece in in_pieces(self._new.lines(path, contents.text)):
            yield Seen(
                channel=Channel.DOCUMENT,
                direction=Direction.WRITTEN if is_own else Direction.SHOWN,
                app=folder.name,
                title=_kept(below.name),
                location=address or _kept(below.as_posix()),
                text=piece,
                marks=frozenset({Mark.OCR}) if is_image else frozenset(),
            )

    def _of_document(self, content: bytes) -> Contents:
        """A program or a film is not handed over only to be told that it is no document."""
        head = content[:LOOK_AT]
        if not begins_like_a_document(head) and kind_of(head) is Kind.UNKNOWN:
            return Contents(shortfall=Shortfall.UNKNOWN)
        self._tally.was_read()
        return self._documents.read(content)

    def _of_picture(self, content: bytes) -> Contents:
        if self._pictures.missing():
            self._tally.unread(Unread.NO_READER)
            return Contents()
        self._tally.was_read()
        return self._pictures.read(content)


def _kept(name: str) -> str:
    """A file's name may be any bytes at all."""
    return storable(name)[-_LONGEST_NAME:]
