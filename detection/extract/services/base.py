"""A named service: where it is reached, and which of its messages say what."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from detection.extract.base import Message, Passage
from detection.extract.services.call import Call

Reads = Callable[[Call], Iterator[Passage]]
"""What a message of a known kind says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A kind of message whose shape is published."""

    path: re.Pattern[str]
    """Of the whole path without the query; a group ``conversation`` names where it belongs."""
    reads: Reads
    sent: bool | None = None
    """True: from the person's side; False: an answer; None: either."""
    frame: bool = False
    """One WebSocket message."""
    method: str = ""
    """Empty: any."""
    host: str = ""
    """Only there, where a service has several hosts."""
    silent: Callable[[Call], bool] | None = None
    """Of which messages it is right to find nothing: nobody's words by design (typing, suggestions while typing)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """How an answer comes in many frames, a word in each; the gateway puts them together before they are read."""

    one: re.Pattern[str]
    """Found near the beginning of every such frame."""
    last: re.Pattern[str] | None = None
    """Found in the one that ends an answer; else a frame of another kind does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    name: str
    """As pupils and staff call it."""
    hosts: tuple[str, ...]
    """Their subdomains too."""
    known: tuple[Known, ...]
    chatbot: bool = False
    """What is written there is asked of it, and what is shown as a message is its answer, even where a general reader
    found it."""
    pieces: Pieces | None = None
    action_header: str = ""
    """The request header, in lower case, where its page says what it asks for: ``detection.extract.header_action``."""
    body_header: str = ""
    """The request header, in lower case, where its page writes a small body: ``detection.extract.header_body``."""

    def read(self, message: Message) -> list[Passage] | None:
        """What the message says; None where it is of no kind we know, or of a shape that has changed since: then it is
        for the general readers."""
        call = Call.of(message)
        for kind in self.known:
            if (here := _matches(kind, call)) is not None:
                passages = list(kind.reads(call.within(here) if here else call))
                if passages or (kind.silent and kind.silent(call)):
                    return passages
        return None


def known(path: str, reads: Reads, *, sent: bool | None = None, frame: bool = False, method: str = "",
          host: str = "") -> Known:  # fmt: skip
    """``path`` is a regular expression for the whole of it."""
    return Known(path=re.compile(path), reads=reads, sent=sent, frame=frame, method=method, host=host)


def silent(path: str, *, sent: bool | None = None, frame: bool = False, method: str = "", host: str = "",
           when: Callable[[Call], bool] = lambda _: True) -> Known:  # fmt: skip
    """Messages that hold nobody's words, and that the general readers shall not guess at. ``when`` tells them from
    others at the same address."""
    return Known(path=re.compile(path), reads=_nothing, sent=sent, frame=frame, method=method, host=host, silent=when)


def _nothing(_: Call) -> Iterator[Passage]:
    return iter(())


def _matches(kind: Known, call: Call) -> str | None:
    """The conversation that the path names ("" if none), or None where the call is of another kind."""
    if kind.frame != call.message.frame or kind.sent not in (None, call.sent):
        return None
    if (kind.method and kind.method != call.message.method) or (kind.host and kind.host != call.host):
        return None
    found = kind.path.fullmatch(call.path)
    return None if found is None else found.groupdict().get("conversation") or ""
