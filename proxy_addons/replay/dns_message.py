"""Recognise what is asked of a name server, and read the name in it with mitmproxy's own parser."""

import struct

from proxy_addons.mitmproxy_dns import DNSMessage

PORT = 53
"""Over UDP only the port tells: what a device asks its neighbours (mDNS on 5353, LLMNR on 5355, NetBIOS on 137) begins
in the same way, and is no lookup that the gateway would be given."""
LOOKUPS, MALFORMED = "DNS lookups", "malformed"
LONGEST = 0x3FF
"""Bytes of a lookup over TCP, by which it is told from SOCKS; a name and all that is sent with one take half of it."""

_HEADER, _ONE_QUESTION = 12, b"\x00\x01"
_NO_RECORDS = bytes(6)
_QUESTIONS = 4
"""Read of one lookup at most; resolvers ask one, and answer none but the first."""
_LONGEST_NAME, _KIND = 255, 4


class NoLookupError(ValueError):
    """What was sent to a name server is no lookup."""


def is_lookup(message: bytes) -> bool:
    """By its header, of what goes to a name server."""
    return len(message) >= _HEADER and message[2] < 0x80


def is_answer(message: bytes) -> bool:
    """By its header, of what comes from one."""
    return len(message) >= _HEADER and message[2] >= 0x80


def begins_lookup(first: bytes) -> bool | None:
    """Whether over TCP, where each has its length before it, a lookup begins; none while more is needed."""
    length, header = first[:2], first[2 : 2 + _HEADER]
    is_question = header[2:3] < b"\x08" and (_ONE_QUESTION + bytes(2)).startswith(header[4:8])
    if not is_question or int.from_bytes(length.ljust(2, b"\x00"), "big") > LONGEST:
        return False
    if len(header) < _HEADER:
        return None
    authorities, additionals = header[8:10], header[10:12]
    return int.from_bytes(length, "big") > _HEADER + _KIND and authorities < b"\x00\x02" and additionals < b"\x00\x05"


def lookup(message: bytes, at: float) -> DNSMessage:
    """NoLookupError. Of what is sent with the name nobody takes notice, so it is left out: records that point at each
    other can be made so that it takes minutes to read them."""
    questions = int.from_bytes(message[4:6], "big")
    if not is_lookup(message) or not 0 < questions <= _QUESTIONS:
        raise NoLookupError
    asked = message[:6] + _NO_RECORDS + message[_HEADER : _HEADER + questions * (_LONGEST_NAME + _KIND)]
    try:
        _, read = DNSMessage.unpack_from(asked, 0)
    except (struct.error, UnicodeError) as e:
        raise NoLookupError from e
    read.timestamp = at
    return read
