"""From recorded bytes back to the words that were read in them: whether a stored text is what its recording says.

Secrets are masked before bytes are kept, so that a text may hold what its recording does not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from detection.canary import without_any
from detection.extract import extract
from detection.extract.base import Message, Passage
from detection.extract.header_action import action_header, action_of
from detection.extract.one_page import one_page
from detection.har import Exchange
from detection.observation import Channel, Direction, Observation
from detection.scrub import MASK, scrub_url

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_WEB = frozenset({"http", "https", "ws", "wss"})
_SWITCHED = 101


class Reading(StrEnum):
    """What the recorded bytes say of a stored text."""

    SAME = "same"
    MASKED = "masked"
    """the same, but for secrets that were not kept"""
    TYPED = "typed"
    """a part of it: what is typed letter by letter goes over many messages"""
    NOTHING = "nothing"
    """no bytes of it were kept"""
    CUT = "cut"
    """it is not in that part which was kept"""
    UNKEPT = "unkept"
    """not in it, but something of its kind never is: a page's programs, and parts within parts"""
    OTHER = "other"
    """they are whole, and it is not in them"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    reading: Reading
    otherwise: tuple[str, ...] = ()
    """What beside the text the bytes say otherwise: app, conversation, author, location."""


def reread(recorded: tuple[Exchange, ...], stored: Observation) -> Reread:
    """``recorded``: first the message itself, then what a page was drawn with."""
    if not recorded:
        return Reread(reading=Reading.NOTHING)
    one = recorded[0]
    if _scheme_and_host(one.url)[0] not in _WEB:
        return _heard(one, stored)
    message = message_of(one, stored.direction)
    passages = [each for each in one_page(extract(message)) if each.channel is stored.channel]
    for reading, says in ((Reading.SAME, _is_said), (Reading.MASKED, is_but_masked)):
        found = [each for each in passages if says(each.text, stored.text)]
        if found:
            otherwise = min((tuple(_otherwise(each, one, stored)) for each in found), key=len)
            return Reread(reading=reading, otherwise=otherwise)
    return Reread(reading=_unfound(passages, message, one, stored))


def message_of(one: Exchange, direction: Direction) -> Message:
    """As it was handed to the readers: what came back where it was shown, else what was sent."""
    is_shown = direction is Direction.SHOWN
    body = one.body if is_shown else one.request_body
    if _is_frame(one, is_shown=is_shown):
        return Message(url=one.url, charset="utf-8", body=body, direction=direction, frame=True)
    return Message(
        url=one.url,
        method=one.method,
        media_type=one.media_type if is_shown else one.request_type,
        charset=_charset(_header(one, "content-type", of_response=is_shown)),
        body=body,
        direction=direction,
        action=action_of(_header(one, action_header(one.url), of_response=False)),
    )


def is_but_masked(read: str, stored: str) -> bool:
    """Whether ``stored`` is what was read, with something else in the place of each mask."""
    first, *rest = read.split(MASK)
    if not rest or not stored.startswith(first):
        return False
    at, last = len(first), rest.pop()
    for piece in rest:
        found = stored.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return stored.endswith(last) and at <= len(stored) - len(last)


def _is_said(read: str, stored: str) -> bool:
    """A sensor cuts a canary out where what is left is graver without it."""
    return read == stored or without_any(read) == stored


def _heard(one: Exchange, stored: Observation) -> Reread:
    """Mail and chat in clear: the words themselves were recorded, without their protocol."""
    words = (one.body if stored.direction is Direction.SHOWN else one.request_body).decode("utf-8", "replace")
    if not words:
        return Reread(reading=Reading.NOTHING)
    otherwise = tuple(
        name for name, said, known in (("app", one.method, stored.app), ("location", one.url, stored.location))
        if said != known
    )  # fmt: skip
    if _is_said(words, stored.text):
        return Reread(reading=Reading.SAME, otherwise=otherwise)
    if is_but_masked(words, stored.text):
        return Reread(reading=Reading.MASKED, otherwise=otherwise)
    return Reread(reading=Reading.CUT if one.truncated else Reading.OTHER)


def _otherwise(passage: Passage, one: Exchange, stored: Observation) -> Iterator[str]:
    _, host = _scheme_and_host(one.url)
    said = {
        "app": passage.app or host,
        "conversation": passage.conversation or host,
        "author": passage.author,
        "location": scrub_url(one.url),
    }
    for name, value in said.items():
        known = getattr(stored, name)
        if value != known and not is_but_masked(value, known):
            yield name


def _unfound(passages: list[Passage], message: Message, one: Exchange, stored: Observation) -> Reading:
    if any(each.edits for each in passages):
        return Reading.TYPED
    if not message.body and not passages:
        return Reading.NOTHING
    if one.truncated:
        return Reading.CUT
    return Reading.UNKEPT if _may_be_unkept(message, stored.channel) else Reading.OTHER


def _may_be_unkept(message: Message, channel: Channel) -> bool:
    """``scrub_body`` takes scripts out of markup, where an app may hold what it shows, and empties nested parts."""
    if message.media_type.startswith("multipart/"):
        return b"multipart/" in message.body.lower()
    return "html" in message.media_type and channel is not Channel.PAGE


def _is_frame(one: Exchange, *, is_shown: bool) -> bool:
    """One message of a WebSocket. The request that opened it has no body."""
    if is_shown:
        return one.status == _SWITCHED
    opens = one.method == "CONNECT" or _header(one, "upgrade", of_response=False).lower() == "websocket"
    return opens and bool(one.request_body)


def _header(one: Exchange, wanted: str, *, of_response: bool) -> str:
    pairs = one.response_headers if of_response else one.request_headers
    return next((value for name, value in pairs if name.lower() == wanted), "")


def _scheme_and_host(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        return parts.scheme or "https", parts.hostname or ""
    except ValueError:
        return "https", ""


def _charset(content_type: str) -> str:
    found = _CHARSET.search(content_type)
    return found[1] if found else ""
