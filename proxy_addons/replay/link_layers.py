"""Where the IP packet begins in what was captured, by the kind of link it was captured on."""

ETHERNET, NULL, RAW_12, RAW_14, PPP, RAW, LOOP, SLL, IPV4, IPV6, SLL2 = 1, 0, 12, 14, 9, 101, 108, 113, 228, 229, 276
"""Numbers of the registry of link layer types."""
IP4, IP6 = 0x0800, 0x86DD
"""Ethertypes, here for every kind of link."""
_PPPOE = 0x8864
_TAGS = {0x8100, 0x88A8, 0x9100}
_PPP = {0x0021: IP4, 0x0057: IP6}


class NotReadable(Exception):
    """Why a packet gave no segment."""


def network_layer(link: int, data: bytes) -> tuple[int, int]:
    """Offset of the network header, and its ethertype (0 if it has none). IndexError where the packet is too short."""
    if link == ETHERNET:
        return _ethernet(data)
    if link in (RAW, RAW_12, RAW_14, IPV4, IPV6):
        return 0, _version(data, 0)
    if link == SLL:
        return 16, _two(data, 14)
    if link == SLL2:
        return 20, _two(data, 0)
    if link in (NULL, LOOP):
        return 4, _version(data, 4)
    if link == PPP:
        return _ppp(data, 2 if data[0] == 0xFF else 0)
    raise NotReadable(f"link layer {link} is not known")


def _ethernet(data: bytes) -> tuple[int, int]:
    offset, kind = 12, _two(data, 12)
    while kind in _TAGS:
        offset += 4
        kind = _two(data, offset)
    return _ppp(data, offset + 8) if kind == _PPPOE else (offset + 2, kind)


def _ppp(data: bytes, offset: int) -> tuple[int, int]:
    return offset + 2, _PPP.get(_two(data, offset), 0)


def _version(data: bytes, offset: int) -> int:
    return {4: IP4, 6: IP6}.get(data[offset] >> 4, 0)


def _two(data: bytes, offset: int) -> int:
    return data[offset] << 8 | data[offset + 1]
