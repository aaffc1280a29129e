"""What a pcapng file says of an interface that packets were captured on: its link layer and its clock."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from proxy_addons.replay.captured_packet import UNDESCRIBED

_RESOLUTION, _OFFSET = 9, 14
"""Options of an interface."""
_SHORTEST = 20


class Interface(NamedTuple):
    link: int
    longest: int
    """Bytes kept of each packet; 0 where there is no bound."""
    ticks: int
    """Of its clock, in a second."""
    offset: int
    """Seconds to add."""


NO_INTERFACE = Interface(UNDESCRIBED, 0, 1_000_000, 0)


def interface(order: str, data: bytes, place: int, stop: int) -> Interface | None:
    """As the block between the two places describes it; None where it is too short to."""
    if stop - place < _SHORTEST:
        return None
    link, longest = struct.unpack_from(f"{order}HxxI", data, place + 8)
    ticks, offset = 1_000_000, 0
    for code, value in _options(order, data, place + 16, stop - 4):
        if code == _RESOLUTION and value:
            ticks = 2 ** (value[0] & 127) if value[0] & 128 else 10 ** value[0]
        elif code == _OFFSET and len(value) == 8:
            offset = int.from_bytes(value, "big" if order == ">" else "little", signed=True)
    return Interface(link, longest, ticks, offset)


def _options(order: str, data: bytes, place: int, stop: int) -> Iterator[tuple[int, bytes]]:
    while place + 4 <= stop:
        code, length = struct.unpack_from(f"{order}HH", data, place)
        if not code:
            return
        yield code, data[place + 4 : min(place + 4 + length, stop)]
        place += 4 + length + -length % 4
