"""Protobuf fields as they go over the wire."""


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def sized(field: int, content: bytes | str) -> bytes:
    """A text, or a message inside."""
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def framed(content: bytes, flags: int = 0) -> bytes:
    """As gRPC does."""
    return bytes([flags]) + len(content).to_bytes(4) + content
