"""One packet as it lies in a capture file."""

from typing import NamedTuple

LONGEST = 1 << 18
"""Bytes of one packet at most: captures made with segmentation offload hold up to 64 KiB and headers."""
UNDESCRIBED = -1
"""The link of a packet whose interface the file does not describe."""

PART_OF_A_FRAME = -2
"""The link of one of several packets that were sent as one frame: it begins with LLC."""


class Packet(NamedTuple):
    at: float
    """Seconds since 1970, UTC."""
    link: int
    """Link layer type, as in the pcap format's registry."""
    data: bytes
