"""What was said in clear over TCP, given to the reader with where, when and who, and with its words as the evidence."""

from dataclasses import dataclass
from datetime import datetime

from detection.evidence import Exchange, bundle
from detection.extract.said import Said
from detection.observation import Subject
from proxy_addons.document_reading import DocumentReading
from proxy_addons.reader import Circumstances, Reader
from proxy_addons.watchdog import Watchdog


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Where and when something is said, and who is there."""

    name: str
    """The flow's id."""
    server: tuple[str, int]
    subject: Subject
    seen_at: datetime


class SaidInClear:
    def __init__(self, reader: Reader, documents: DocumentReading, watchdog: Watchdog) -> None:
        self._reader, self._documents, self._watchdog = reader, documents, watchdog

    def hear(self, said: Said, scene: Scene) -> None:
        """On the inspection thread; a document that is attached is read first, in its own turn."""
        if said.file:
            self._documents.attached(said, lambda read: self.hear(read, scene), scene.name)
            return
        (host, port), app = scene.server, said.passage.app
        # A protocol's own fault must not cost what else was said in the same bytes.
        with self._watchdog.guard("heard", scene.name):
            location = f"{app.lower()}://{f'[{host}]' if ':' in host else host}:{port}"
            one = _exchange(app, location, scene.seen_at, said)
            around = Circumstances(
                subject=scene.subject, seen_at=scene.seen_at, host=host, evidence=lambda: bundle([one])
            )
            self._reader.heard(said, location, around)


def _exchange(app: str, location: str, at: datetime, said: Said) -> Exchange:
    """The words alone, as HTTP Archive knows exchanges: what went up is a request, what came down a response."""
    words = said.passage.text.encode("utf-8", "replace")
    if said.is_written:
        return Exchange(
            started_at=at, method=app, url=location, request_type="text/plain", request_body=words, status=0
        )
    return Exchange(started_at=at, method=app, url=location, status=200, media_type="text/plain", body=words)
