"""Internet Relay Chat: what is said in channels and between two (RFC 2812, with the message tags of IRCv3).

What goes to the network's own services is not read: that is where nicknames' passwords are said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from detection.conversations.base import Unseen
from detection.conversations.inflow import Inflow
from detection.extract.base import Passage
from detection.extract.language import is_short_message
from detection.extract.mail.headers import readable
from detection.extract.said import Said
from detection.observation import Channel, Direction

_LONGEST = 16 << 10
_CHANNEL_MARKS = "#&+!"
_STATUS_MARKS = "@%~&+"
"""Before a channel's name: only to those of that standing."""
_SERVICE = re.compile(r"(?:\w{1,20}serv|ns|cs|ms|[qx])(?:@.*)?", re.I)
_FORMAT = re.compile("\x03(?:\\d{1,2}(?:,\\d{1,2})?)?|\x04(?:[0-9a-f]{6})?|[\x02\x0f\x11\x16\x1d\x1e\x1f]", re.I)
_SECRET = re.compile(r"\s*/?(?:(?:msg\s+)?(?:nickserv|ns)\s|(?:msg\s+\w{1,40}\s+)?identify\s+\S+(?:\s+\S+)?\s*$)", re.I)
"""Meant for a service, and typed into a channel by mistake."""
_NOWHERE = 15
_WRITTEN = {
    "PRIVMSG": (0, 1), "NOTICE": (0, 1), "TOPIC": (0, 1), "PART": (0, 1), "KICK": (0, 2),
    "QUIT": (_NOWHERE, 0), "AWAY": (_NOWHERE, 0),
}  # fmt: skip
"""At which places stand whom it is said to, and the words."""
_SHOWN = _WRITTEN | {"301": (1, 2), "332": (1, 2)}
"""301: why somebody is away. 332: the topic of a channel that is entered."""


@dataclass(frozen=True, slots=True)
class _Line:
    nick: str
    command: str
    params: tuple[str, ...]

    def at(self, place: int) -> str:
        return self.params[place] if place < len(self.params) else ""


class Irc:
    name: ClassVar[str] = "IRC"

    def __init__(self) -> None:
        self._up, self._down = Inflow(_LONGEST), Inflow(_LONGEST)
        self._nick = ""
        self._asked_for_tls = False
        self.unseen: Unseen | None = None

    @property
    def size(self) -> int:
        return len(self._up) + len(self._down)

    def feed(self, data: bytes, *, from_client: bool) -> Iterator[Said]:
        side = self._up if from_client else self._down
        side.add(data)
        while not self.unseen and (raw := side.line()) is not None:
            if line := _parsed(readable(raw)):
                yield from self._up_line(line) if from_client else self._down_line(line)

    def _up_line(self, line: _Line) -> Iterator[Said]:
        if line.command == "NICK" and not self._nick:
            self._nick = line.at(0)
        elif line.command == "STARTTLS":
            self._asked_for_tls = True
        elif places := _WRITTEN.get(line.command):
            room, words = map(line.at, places)
            if not _SERVICE.fullmatch(room) and not _SECRET.match(words):
                yield from self._said(words, _bare(room), "", Direction.WRITTEN)

    def _down_line(self, line: _Line) -> Iterator[Said]:
        if line.command == "001" or (line.command == "NICK" and self._is_own(line.nick)):
            self._nick = line.at(0)
        elif line.command == "670" and self._asked_for_tls:
            self.unseen = Unseen.ENCRYPTED
        elif (places := _SHOWN.get(line.command)) and line.nick and not self._is_own(line.nick):
            room, words = map(line.at, places)
            yield from self._shown(line, _bare(room), words)

    def _shown(self, line: _Line, room: str, words: str) -> Iterator[Said]:
        between_two = not room.startswith(tuple(_CHANNEL_MARKS))
        if line.command.isdigit():
            author = room if between_two else ""
        elif _SERVICE.fullmatch(line.nick) or "." in line.nick:
            return
        else:
            author = line.nick
        yield from self._said(words, author if between_two else room, author, Direction.SHOWN)

    def _said(self, words: str, room: str, author: str, direction: Direction) -> Iterator[Said]:
        if words.startswith("\x01"):
            kind, _, words = words.strip("\x01").partition(" ")
            words = words if kind.upper() == "ACTION" else ""
        words = _FORMAT.sub("", words).strip()
        if is_short_message(words):
            passage = Passage(
                channel=Channel.MESSAGE, text=words, conversation=room[:200], author=author[:200], app=self.name
            )
            yield Said(passage, direction)

    def _is_own(self, nick: str) -> bool:
        """A server that gives back what was said gives it back under one's own name."""
        return bool(nick) and nick.casefold() == self._nick.casefold()


def _parsed(text: str) -> _Line | None:
    if text.startswith("@"):
        text = text.partition(" ")[2].lstrip(" ")
    nick = ""
    if text.startswith(":"):
        source, _, text = text[1:].partition(" ")
        nick = source.partition("!")[0].partition("@")[0]
    front, colon, last = text.partition(" :")
    command, *params = front.split(" ", 15)
    if not command:
        return None
    found = tuple(filter(None, params))
    return _Line(nick, command.upper(), (*found, last) if colon else found)


def _bare(room: str) -> str:
    """``@#room`` is said in ``#room``."""
    return room[1:] if len(room) > 1 and room[0] in _STATUS_MARKS and room[1] in _CHANNEL_MARKS else room
