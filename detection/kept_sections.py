"""Named sections in one piece, which are read where they lie: what nobody looks at is never made into anything.

A line that says what it is, the SHA-256 of what follows, the length of a list in JSON, that list (name, start, length),
and the sections.
"""

import hashlib
import json
import mmap
from collections.abc import Mapping

Piece = bytes | mmap.mmap
Sections = Mapping[str, memoryview]
_FIRST_LINE = b"gatehouse sections 1\n"
_DIGEST, _LENGTH, _ALIGNED = 32, 8, 8
_AT_ONCE = 1 << 16


def packed(sections: Mapping[str, bytes | memoryview]) -> bytes:
    listed, parts, start = list[tuple[str, int, int]](), list[bytes | memoryview](), 0
    for name, content in sections.items():
        listed.append((name, start, len(content)))
        parts += content, b"\0" * (-len(content) % _ALIGNED)
        start += len(content) + len(parts[-1])
    said = json.dumps(listed).encode()
    said += b" " * (-(len(_FIRST_LINE) + _DIGEST + _LENGTH + len(said)) % _ALIGNED)
    content = len(said).to_bytes(_LENGTH, "big") + said + b"".join(parts)
    return _FIRST_LINE + hashlib.sha256(content).digest() + content


def unpacked(piece: Piece) -> Sections | None:
    """None where it is not whole."""
    content, at = memoryview(piece), len(_FIRST_LINE) + _DIGEST
    digest = hashlib.sha256()
    for start in range(at, len(content), _AT_ONCE):
        digest.update(content[start : start + _AT_ONCE])
    if content[:at] != _FIRST_LINE + digest.digest():
        return None
    start = at + _LENGTH + int.from_bytes(content[at : at + _LENGTH], "big")
    listed = json.loads(bytes(content[at + _LENGTH : start]))
    return {name: content[start + first : start + first + length] for name, first, length in listed}


def let_go(piece: Piece) -> None:
    """What was looked at of a mapped file takes no memory any more; looked at again, it comes from the disk."""
    if isinstance(piece, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        piece.madvise(mmap.MADV_DONTNEED)
