"""Which protocol a connection speaks, by its first bytes and never by its port."""

import re
from collections.abc import Callable
from enum import Enum, auto

from detection.conversations.base import Reads
from detection.conversations.ftp import Ftp
from detection.conversations.imap import Imap
from detection.conversations.irc import Irc
from detection.conversations.mqtt import Mqtt
from detection.conversations.nntp import Nntp
from detection.conversations.pop3 import Pop3
from detection.conversations.smtp import Smtp
from detection.conversations.xmpp import Xmpp

LOOK_AT = 1024
"""Bytes of either side: whoever has not said by then what it is remains unknown."""


class Not(Enum):
    YET = auto()
    KNOWN = auto()


Found = Callable[[], Reads] | Not
_GREETINGS: tuple[tuple[re.Pattern[bytes], Callable[[], Reads]], ...] = (
    (re.compile(rb"\* (?:OK|PREAUTH)\b", re.I), Imap),
    (re.compile(rb"\+OK\b", re.I), Pop3),
    (re.compile(rb"20[01] "), Nntp),
    (re.compile(rb":\S+ (?:NOTICE|\d{3}|CAP) |NOTICE (?:AUTH|\*) ", re.I), Irc),
)
_GREETS_WITH = b"*+2:Nn"
_READY = re.compile(rb"220[ -]")
"""Both mail and file servers say so."""
_MAILS = re.compile(rb"(?:EHLO|HELO|LHLO)\b", re.I)
_FILES = re.compile(rb"(?:USER|AUTH|FEAT|SYST|OPTS|HOST|CLNT|QUIT|NOOP|PBSZ)\b", re.I)
_CHATS = re.compile(rb"(?:@\S+ )?(?:CAP (?:LS|REQ|END)|NICK :?[^\s/]+|PASS \S+|USER \S+ \S+ \S+ :?.+|STARTTLS)", re.I)
_XML = (b"<?xml", b"<stream:stream")
_MQTT = re.compile(rb"\x10[\x80-\xff]{0,3}[\x00-\x7f]\x00(?:\x04MQTT|\x06MQIsdp)")


def recognised(client: bytes, server: bytes) -> Found:
    """By what either has said so far, from the beginning."""
    if client[:1] in (b"<", b"\x10"):
        return _by_client(client)
    if server:
        if server[0] not in _GREETS_WITH:
            return Not.KNOWN
        greeting = _line(server)
        if isinstance(greeting, Not):
            return greeting
        by_greeting = next((made for pattern, made in _GREETINGS if pattern.match(greeting)), None)
        if by_greeting:
            return by_greeting
        return _after_ready(client) if _READY.match(greeting) else Not.KNOWN
    return _by_client(client) if client else Not.YET


def _after_ready(client: bytes) -> Found:
    first = _line(client)
    if isinstance(first, Not):
        return first
    return Smtp if _MAILS.match(first) else Ftp if _FILES.match(first) else Not.KNOWN


def _by_client(client: bytes) -> Found:
    head = client[:LOOK_AT]
    if head.startswith(_XML) or any(mark.startswith(head) for mark in _XML):
        known, whole = b"<stream:stream" in head, len(client) >= LOOK_AT
        return Xmpp if known else Not.KNOWN if whole else Not.YET
    if head[:1] == b"\x10":
        return Mqtt if _MQTT.match(head) else Not.KNOWN if len(head) >= 13 else Not.YET
    if not 0x20 <= client[0] < 0x7F:
        return Not.KNOWN
    first = _line(client)
    if isinstance(first, Not):
        return first
    return Irc if _CHATS.match(first) else Not.YET if _MAILS.match(first) or _FILES.match(first) else Not.KNOWN


def _line(data: bytes) -> bytes | Not:
    end = data.find(b"\n", 0, LOOK_AT)
    if end >= 0:
        return data[:end]
    return Not.KNOWN if len(data) >= LOOK_AT else Not.YET
