"""Read documents on a thread of their own, in a child process, so that a slow one delays nobody's message."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Protocol

from detection.documents.carried import carried
from detection.documents.contents import Contents, Shortfall
from detection.documents.passages import passages
from detection.evidence import bundle
from detection.extract.base import Passage
from detection.extract.limits import noticing
from detection.extract.said import Said
from detection.extract.services import service_at
from detection.observation import Evidence
from proxy_addons.decoding import CodingError, decode
from proxy_addons.inspection import Inspects, Job
from proxy_addons.reader import Reader
from proxy_addons.watchdog import Unread, Watchdog
from proxy_addons.web_message import WebMessage

REASONS = {
    Shortfall.ENCRYPTED: Unread.DOCUMENT_ENCRYPTED,
    Shortfall.UNKNOWN: Unread.DOCUMENT_UNKNOWN,
    Shortfall.BROKEN: Unread.DOCUMENT_BROKEN,
    Shortfall.LARGE: Unread.DOCUMENT_LARGE,
    Shortfall.TIMEOUT: Unread.DOCUMENT_TIMEOUT,
    Shortfall.CRASHED: Unread.DOCUMENT_CRASHED,
}


class ReadsDocuments(Protocol):
    """``Child``: blocks, and never raises for what a document does."""

    def read(self, body: bytes) -> Contents: ...


class DocumentReading:
    def __init__(
        self,
        child: ReadsDocuments,
        reader: Reader,
        documents: Inspects,
        inspection: Inspects,
        watchdog: Watchdog,
        most: int,
    ) -> None:
        """``documents`` is the thread on which the child is waited for, ``inspection`` that on which text is compared.
        At most ``most`` bytes of a body are unpacked."""
        self._child, self._reader, self._watchdog, self._most = child, reader, watchdog, most
        self._documents, self._inspection = documents, inspection

    def submit(
        self, web: WebMessage, name: str, done: Job = lambda: None, *, missing: Unread = Unread.DOCUMENT_LARGE
    ) -> None:
        """Read ``web.body`` in its turn, then call ``done``; counted where there is no room. ``name`` is the flow's,
        ``missing`` why the rest of a body that is not whole is not there."""

        def job() -> None:
            try:
                self._read(web, name, missing)
            finally:
                done()

        if self._documents.submit(job, len(web.body), name) is False:
            done()

    def attached(
        self, said: Said, hear: Callable[[Said], None], name: str, *, whole: bool = True, done: Job = lambda: None
    ) -> None:
        """Read ``said.file`` in its turn, then call ``done``; on the inspection thread ``hear`` is given what it says,
        in passages."""

        def job() -> None:
            try:
                missing = None if whole else Unread.DOCUMENT_LARGE
                for passage in self._passages(said.file, said.passage.app, missing):
                    read = replace(said, passage=replace(said.passage, text=passage.text), file=b"")
                    self._inspection.submit(partial(hear, read), len(passage.text), name)
            finally:
                done()

        if self._documents.submit(job, len(said.file), name) is False:
            done()

    def _read(self, web: WebMessage, name: str, missing: Unread) -> None:
        try:
            plain = decode(web.body, web.coding, self._most)
        except CodingError:
            self._watchdog.unread(Unread.CODING)
            return
        if plain.mislabelled:
            self._watchdog.unread(Unread.CODING)
        service = service_at(web.message.url)
        why = missing if not web.whole else Unread.DOCUMENT_LARGE if plain.truncated else None
        with noticing() as noted:
            files = list(carried(web.message.media_type, plain.body))
        if noted.left_out:
            self._watchdog.unread(Unread.DOCUMENT_LARGE)
        for file in files:
            for passage in self._passages(file, service.name if service else "", why):
                self._inspection.submit(self._job(web, passage), len(passage.text), name)

    def _passages(self, file: bytes, app: str, missing: Unread | None) -> Iterator[Passage]:
        """``missing``: why not all of the file is there."""
        self._watchdog.count("documents")
        contents = self._child.read(file)
        if reason := _reason(contents, missing):
            self._watchdog.unread(reason)
        yield from passages(contents.text, app)

    def _job(self, web: WebMessage, passage: Passage) -> Job:
        around = replace(web.around, evidence=lambda: _evidence(web))

        def job() -> None:
            self._reader.put(web.message, iter([passage]), around)

        return job


def _reason(contents: Contents, missing: Unread | None) -> Unread | None:
    """A document that was cut off is broken for that reason."""
    if missing and contents.shortfall in (None, Shortfall.BROKEN):
        return missing
    return REASONS[contents.shortfall] if contents.shortfall else None


def _evidence(web: WebMessage) -> Evidence:
    """The request and its answer without the document, which nobody could draw: its text is in the detection."""
    return bundle([replace(web.exchange, truncated=True)])
