"""Several messages in one: batches of whole HTTP messages, answers that arrive in parts, a file with its description.

Source: RFC 2046 (multipart/mixed), OData 4.01 part 1 section 11.7, and Google's "Batching requests" for
``application/http`` parts.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urljoin

from detection.extract.base import Message, Passage
from detection.extract.limits import at_most, leave_out
from detection.extract.media_types import BATCH, reads
from detection.extract.multipart import parts

_MOST = 300
"""Parts of one batch."""
_DEEPEST = 2
"""A batch may hold sets of changes, which are batches again."""
_HTTP = "application/http"
_START = re.compile(rb"\s*(?:HTTP/\d[\d.]* \d{3}|(?P<method>[A-Z]{3,10}) (?P<target>\S{1,4000}))[^\n]*\n")
_TYPE = re.compile(rb"^content-type:[ \t]*([^\s;]{1,100})(?:[^\n]*charset=[\"']?([\w.:-]{1,40}))?", re.I | re.M)
_HEAD_END = re.compile(rb"\r?\n\r?\n")


class Batch:
    def __init__(self, read: Callable[[Message], Iterator[Passage]]) -> None:
        """``read`` is asked for every message inside."""
        self._read = read

    def handles(self, message: Message) -> bool:
        return not message.frame and message.media_type in BATCH

    def passages(self, message: Message) -> Iterator[Passage]:
        for inner in _inside(message, 0):
            yield from self._read(inner)


def _inside(message: Message, depth: int) -> Iterator[Message]:
    for part in at_most(parts(message.body), _MOST):
        inner = replace(message, media_type=part.media_type, body=message.body[part.start : part.end])
        if part.media_type == _HTTP:
            inner = _http(inner)
        if inner.media_type in BATCH:
            if depth < _DEEPEST:
                yield from _inside(inner, depth + 1)
            else:
                leave_out()
        elif inner.body and reads(inner.media_type, len(inner.body)):
            yield inner


def _http(message: Message) -> Message:
    """The message that is written out in the body; the body as it stands where there is none."""
    first = _START.match(message.body)
    if not first:
        return replace(message, media_type="")
    gap = _HEAD_END.search(message.body, first.end() - 2)
    head = message.body[first.end() - 1 : gap.start() if gap else len(message.body)]
    kind = _TYPE.search(head)
    return replace(
        message,
        url=_joined(message.url, (first["target"] or b"").decode("latin-1")),
        method=(first["method"] or message.method.encode("ascii", "replace")).decode(),
        media_type=kind[1].decode("latin-1").lower() if kind else "",
        charset=(kind[2] or b"").decode("latin-1") if kind else "",
        body=message.body[gap.end() :] if gap else b"",
    )


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError:
        return url
