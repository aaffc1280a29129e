"""Files of which a conversation in clear says that they go over a connection of their own, until that connection comes.

In a recording it is there. Live only the ports that the box redirects are: then the file is counted as unread.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from detection.conversations import Transfer
from detection.documents.kind import LOOK_AT, Kind, begins_like_a_document, kind_of
from detection.observation import Subject
from proxy_addons.document_copy import Allowance, DocumentCopy

MOST = 100
"""Of one conversation that are waited for."""
Address = tuple[str, int]


@dataclass(slots=True, eq=False)
class Awaited:
    """A file to come, and whose it is."""

    transfer: Transfer
    server: Address
    """The conversation's."""
    subject: Subject
    has_come: bool = False


class FileTransfers:
    """Conversations are read on the inspection thread, connections begin on the event loop."""

    def __init__(self, most_of_one: int, most_together: int) -> None:
        """Bytes that are kept."""
        self._most, self._allowance = most_of_one, Allowance(most_together)
        self._awaited: dict[Address, Awaited] = {}
        self._lock = threading.Lock()

    def expect(self, awaited: Awaited) -> None:
        with self._lock:
            self._awaited |= dict.fromkeys(_addresses(awaited), awaited)

    def awaits(self, *ends: Address) -> bool:
        """Whether a file is to go between these."""
        return any(end in self._awaited for end in ends)

    def claim(self, *ends: Address) -> Awaited | None:
        with self._lock:
            found = next((self._awaited[end] for end in ends if end in self._awaited), None)
            if found:
                found.has_come = True
                self._drop(found)
        return found

    def forget(self, awaited: Awaited) -> bool:
        """Whether a file was sent that nobody saw."""
        with self._lock:
            self._drop(awaited)
        return not awaited.has_come and awaited.transfer.direction is not None

    def copy(self) -> DocumentCopy:
        return DocumentCopy(self._allowance, self._most, sure=True)

    def _drop(self, awaited: Awaited) -> None:
        for address in _addresses(awaited):
            if self._awaited.get(address) is awaited:
                del self._awaited[address]


def is_document(body: bytes) -> bool:
    head = body[:LOOK_AT]
    return begins_like_a_document(head) or kind_of(head) is not Kind.UNKNOWN


def _addresses(awaited: Awaited) -> Iterator[Address]:
    """Where it may be: a server behind another one tells its own address, which most clients then leave aside."""
    yield awaited.server[0], awaited.transfer.port
    if awaited.transfer.host:
        yield awaited.transfer.host, awaited.transfer.port
