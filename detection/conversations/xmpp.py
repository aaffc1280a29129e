"""XMPP, also known as Jabber: messages between two and in rooms (RFC 6120, 6121), copies to other devices left out."""

from collections import deque
from collections.abc import Iterator
from typing import ClassVar

from lxml import etree

from detection.conversations.base import Unseen
from detection.conversations.stanzas import Stanzas
from detection.extract.base import Passage
from detection.extract.language import is_short_message
from detection.extract.said import Said
from detection.observation import Channel, Direction

_CARBONS = "urn:xmpp:carbons:2"
_REMEMBERED = 50
"""Of what was said to a room: it gives everything back to everybody. As many names in rooms: whoever enters again is
told what was said before, by themselves too."""
_PARSED = {True: (b"<message", b"<presence"), False: (b"<message", b"<iq", b"<proceed", b"<compressed")}
"""Of what the client and of what the server sends. Everything else, sign-in above all, is not looked into."""


class Xmpp:
    name: ClassVar[str] = "XMPP"

    def __init__(self) -> None:
        self._up, self._down = Stanzas(), Stanzas()
        self._own = ""
        """The person's own address, once the server has said it."""
        self._to_rooms: deque[tuple[str, str]] = deque(maxlen=_REMEMBERED)
        self._own_names: deque[str] = deque(maxlen=_REMEMBERED)
        """Under which the person entered rooms, each with its room's address."""
        self.unseen: Unseen | None = None

    @property
    def size(self) -> int:
        return self._up.size + self._down.size

    def feed(self, data: bytes, *, from_client: bool) -> Iterator[Said]:
        side = self._up if from_client else self._down
        for raw in side.feed(data):
            if self.unseen:
                return
            if raw.startswith(_PARSED[from_client]) and (stanza := _parsed(raw)) is not None:
                yield from self._written(stanza) if from_client else self._came(stanza)
        if side.is_broken and not self.unseen:
            self.unseen = Unseen.BROKEN

    def _written(self, stanza: etree._Element) -> Iterator[Said]:
        if _name(stanza) == "presence" and "/" in (name := stanza.get("to", "")):
            self._own_names.append(name)
        if _name(stanza) != "message" or stanza.get("type") == "error":
            return
        to = _bare(stanza.get("to", ""))
        if words := _words(stanza):
            if stanza.get("type") == "groupchat":
                self._to_rooms.append((to, words))
            yield self._said(words, to, "", Direction.WRITTEN)

    def _came(self, stanza: etree._Element) -> Iterator[Said]:
        name = _name(stanza)
        if name in ("proceed", "compressed"):
            # Nothing else of that name comes from a server before it has let somebody in.
            self.unseen = Unseen.ENCRYPTED if name == "proceed" else Unseen.PACKED
        elif name == "iq":
            for jid in _below(stanza, "jid"):
                self._own = _bare(jid.text or "") or self._own
        elif name == "message" and (message := _inner(stanza)) is not None:
            yield from self._shown(message)

    def _shown(self, message: etree._Element) -> Iterator[Said]:
        sender, words = message.get("from", ""), _words(message)
        room = _bare(sender)
        if not words or message.get("type") == "error" or (room and room == self._own):
            return
        if message.get("type") == "groupchat":
            if (room, words) in self._to_rooms:
                self._to_rooms.remove((room, words))
            elif sender not in self._own_names:
                yield self._said(words, room, sender.partition("/")[2], Direction.SHOWN)
        else:
            yield self._said(words, room, room, Direction.SHOWN)

    def _said(self, words: str, room: str, author: str, direction: Direction) -> Said:
        passage = Passage(
            channel=Channel.MESSAGE, text=words, conversation=room[:200], author=author[:200], app=self.name
        )
        return Said(passage, direction)


def _parsed(raw: bytes) -> "etree._Element | None":
    """What its own tags leave unsaid (a prefix the stream declared) is made good."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _inner(stanza: "etree._Element") -> "etree._Element | None":
    """The message itself, or the one it carries from another device or from the archive; what one's own other device
    sent is a copy of what was read there."""
    if any(each.tag == f"{{{_CARBONS}}}sent" for each in stanza):
        return None
    return next((each for found in _below(stanza, "forwarded") for each in _below(found, "message")), stanza)


def _words(message: "etree._Element") -> str:
    found = [(each.text or "").strip() for each in message if _name(each) in ("subject", "body")]
    words = "\n".join(dict.fromkeys(filter(None, found)))
    return words if is_short_message(words) else ""


def _below(element: "etree._Element", name: str) -> "Iterator[etree._Element]":
    return (each for each in element.iter() if _name(each) == name and each is not element)


def _name(element: "etree._Element") -> str:
    """Without its name space; comments have none."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def _bare(address: str) -> str:
    return address.partition("/")[0].lower()
