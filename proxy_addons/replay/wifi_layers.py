"""From a frame of 802.11, as it went through the air, to what it carries."""

from collections.abc import Iterator

from proxy_addons.replay import layer_kinds as kinds
from proxy_addons.replay.layer_kinds import NotReadable, Place, Step, two

_DATA = 2
_TO, _FROM, _MORE, _PROTECTED, _ORDER = 1, 2, 4, 0x40, 0x80
_QOS, _EMPTY = 8, 4
"""Bits of a data frame's subtype."""
_TIME, _FLAGS, _MORE_WORDS = 1, 2, 1 << 31
"""Bits of radiotap: its first two fields, and that more bits follow."""
_PADDED, _BROKEN = 0x20, 0x40
"""Radiotap's flags: the frame's header is filled up to four bytes; the frame arrived damaged."""


def _wifi(data: bytes, offset: int, *, padded: bool = False) -> Place:
    first, flags = data[offset], data[offset + 1]
    subtype = first >> 4
    if first >> 2 & 3 != _DATA or subtype & _EMPTY:
        raise NotReadable("802.11, not data")
    if flags & _PROTECTED:
        raise NotReadable("802.11, encrypted")
    if flags & _MORE or data[offset + 22] & 15:
        raise NotReadable("802.11, in fragments")
    length = 30 if flags & _TO and flags & _FROM else 24
    together = False
    if subtype & _QOS:
        together = bool(data[offset + length] & 0x80)
        length += 6 if flags & _ORDER else 2
    length += -length % 4 if padded else 0
    return kinds.AGGREGATE if together else kinds.LLC, offset + length


def _padded_wifi(data: bytes, offset: int) -> Place:
    return _wifi(data, offset, padded=True)


def parts(data: bytes, offset: int) -> Iterator[bytes]:
    """Of a frame that holds several: each has two addresses and its length before it, and is filled up to four."""
    while offset + 14 < len(data):
        end = offset + 14 + two(data, offset + 12)
        yield data[offset + 14 : end]
        offset = end + (offset - end) % 4


def _radiotap(data: bytes, offset: int) -> Place:
    start = offset + int.from_bytes(data[offset + 2 : offset + 4], "little")
    flags = _radio_flags(data, offset)
    if flags & _BROKEN:
        raise NotReadable("802.11, damaged in the air")
    return kinds.PADDED_WIFI if flags & _PADDED else kinds.WIFI, start


def _radio_flags(data: bytes, offset: int) -> int:
    present = int.from_bytes(data[offset + 4 : offset + 8], "little")
    if not present & _FLAGS:
        return 0
    place, more = offset + 8, present
    while more & _MORE_WORDS:
        more = int.from_bytes(data[place : place + 4], "little")
        place += 4
    if present & _TIME:
        place += (offset - place) % 8 + 8
    return data[place]


def _per_packet(data: bytes, offset: int) -> Place:
    """A header that says how long it is and which link follows."""
    link = int.from_bytes(data[offset + 4 : offset + 8], "little")
    length = int.from_bytes(data[offset + 2 : offset + 4], "little")
    return {1: kinds.ETHERNET, 105: kinds.WIFI}.get(link, kinds.NOTHING_KNOWN), offset + length


STEPS: dict[int, Step] = {
    kinds.WIFI: _wifi,
    kinds.PADDED_WIFI: _padded_wifi,
    kinds.RADIOTAP: _radiotap,
    kinds.PPI: _per_packet,
}
