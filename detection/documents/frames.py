"""How the gateway and the child that reads documents talk: pieces of bytes, each after its length."""

import struct
from typing import BinaryIO

_LENGTH = struct.Struct(">I")


class FrameError(ValueError):
    """The other side has ended, or sends what it may not."""


def write_frame(stream: BinaryIO, content: bytes) -> None:
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_frame(stream: BinaryIO, most: int) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > most:
        raise FrameError("longer than is taken")
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    content = stream.read(size)
    if content is None or len(content) != size:
        raise FrameError("ended")
    return content
