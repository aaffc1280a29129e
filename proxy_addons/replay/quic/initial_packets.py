"""Take Initial packets out of QUIC datagrams, and the TLS handshake out of those (RFC 9000, 17 and 19)."""

from collections.abc import Iterator
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from proxy_addons.replay.quic.initial_keys import VERSIONS, InitialKeys, Version

LONGEST_ID = 20
_RETRY = 3
_SAMPLE, _TAG = 16, 16
_PADDING, _PING, _ACK, _ACK_ECN, _CRYPTO = 0, 1, 2, 3, 6


class InitialPacket(NamedTuple):
    version: Version
    destination: bytes
    data: bytes
    """From the first byte of its header to its end."""
    number_at: int


class Crypto(NamedTuple):
    offset: int
    data: bytes


def is_long(data: bytes) -> bool:
    """Whether a datagram begins with a packet of a version of QUIC that is known here."""
    return len(data) > 6 and data[0] & 0xC0 == 0xC0 and _four(data) in VERSIONS and data[5] <= LONGEST_ID


def initial_packets(data: bytes) -> Iterator[InitialPacket]:
    """Several packets may be in one datagram. What is cut off or damaged is left out."""
    try:
        while is_long(data):
            version, kind = VERSIONS[_four(data)], data[0] >> 4 & 3
            kind = (kind - version.initial) % 4  # so that 0 is Initial in every version
            if kind == _RETRY:
                return
            destination = data[6 : 6 + data[5]]
            at = 6 + data[5]
            at += 1 + data[at]
            if kind == 0:
                size, at = _varint(data, at)
                at += size
            size, at = _varint(data, at)
            if at + size > len(data):
                return
            if kind == 0:
                yield InitialPacket(version, destination, data[: at + size], at)
            data = data[at + size :]
    except IndexError:
        return


def opened(packet: InitialPacket, keys: InitialKeys) -> bytes | None:
    """Its frames; None where these are not its keys."""
    data, at = bytearray(packet.data), packet.number_at
    sample = bytes(data[at + 4 : at + 4 + _SAMPLE])
    if len(sample) < _SAMPLE:
        return None
    mask = Cipher(AES(keys.header), ECB()).encryptor().update(sample)  # noqa: S305 - as RFC 9001, 5.4.3, has it
    data[0] ^= mask[0] & 0x0F
    size = (data[0] & 3) + 1
    for n in range(size):
        data[at + n] ^= mask[1 + n]
    number = int.from_bytes(data[at : at + size], "big")
    nonce = (int.from_bytes(keys.iv, "big") ^ number).to_bytes(len(keys.iv), "big")
    try:
        return AESGCM(keys.key).decrypt(nonce, bytes(data[at + size :]), bytes(data[: at + size]))
    except InvalidTag:
        return None


def crypto_frames(frames: bytes) -> Iterator[Crypto]:
    """As far as the frames are those that come first."""
    at = 0
    try:
        while at < len(frames):
            kind, at = _varint(frames, at)
            if kind == _CRYPTO:
                offset, at = _varint(frames, at)
                size, at = _varint(frames, at)
                yield Crypto(offset, frames[at : at + size])
                at += size
            elif kind in (_ACK, _ACK_ECN):
                at = _behind_ack(frames, at, ecn=kind == _ACK_ECN)
            elif kind not in (_PADDING, _PING):
                return
    except IndexError:
        return


def _behind_ack(frames: bytes, at: int, *, ecn: bool) -> int:
    _, at = _varint(frames, at)
    _, at = _varint(frames, at)
    ranges, at = _varint(frames, at)
    for _ in range(1 + 2 * ranges + 3 * ecn):
        _, at = _varint(frames, at)
    return at


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """And where it ends. IndexError where it is cut off."""
    end = at + (1 << (data[at] >> 6))
    if end > len(data):
        raise IndexError
    return int.from_bytes(data[at:end], "big") & (1 << 8 * (end - at) - 2) - 1, end


def _four(data: bytes) -> int:
    return int.from_bytes(data[1:5], "big")
