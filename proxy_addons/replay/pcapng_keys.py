"""The TLS key logs that a pcapng file brings with it, line by line."""

import io
import struct
from collections.abc import Iterator

from proxy_addons.replay.pcapng_blocks import PcapngBlocks
from proxy_addons.replay.tls.key_log import lines_of

_SECRETS = 10
_TLS_KEY_LOG = 0x544C534B
_SHORTEST = 20


def key_lines(blocks: PcapngBlocks) -> Iterator[bytes]:
    for kind, data, place, stop in blocks:
        if kind == _SECRETS and stop - place >= _SHORTEST:
            form, length = struct.unpack_from(f"{blocks.order}II", data, place + 8)
            if form == _TLS_KEY_LOG:
                yield from lines_of(io.BytesIO(data[place + 16 : min(place + 16 + length, stop - 4)]))
