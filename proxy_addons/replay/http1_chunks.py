"""The lines between the chunks of a body, as odd as they may be and somebody reads them all the same."""

import re

LONGEST_SIZE = 4096
"""Bytes of the line before a chunk."""
_SIZE = re.compile(rb"""[ \t\v\f\r]*+["+]?(?:0[xX])?([0-9A-Fa-f]++)(?:[ \t\v\f\0,"]{0,40}+\r*+\n|[ \t]*+;[^\n]*+\n)""")
_BEGINS_SIZE = re.compile(
    rb"""[ \t\v\f\r]*+["+]?(?:0[xX])?[0-9A-Fa-f]*+(?:[ \t\v\f\0,"]{0,40}+\r*+|[ \t]*+;[^\n]*+)\Z"""
)
_TRAILER = re.compile(rb"[^\s:<]+[ \t]*:")


def size_told(line: bytes) -> int | None:
    """How long the chunk behind a line is; None where the line tells none."""
    size = _SIZE.match(line)
    # Of more than 32 bits, those who read it otherwise take the lower ones.
    return int(size[1], 16) % (1 << 32) if size else None


def may_tell_size(begun: bytes) -> bool:
    """Whether a line that is not whole yet may still tell one."""
    return bool(_BEGINS_SIZE.match(begun))


def is_trailer(line: bytes) -> bool:
    return bool(_TRAILER.match(line))
