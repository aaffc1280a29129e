"""Open one file of a watched folder without being held up or led out of it, and take its bytes if it may be read."""

import errno
import os
import stat
from pathlib import Path

from agent.watchers.unread import Unread

LARGEST = 16 << 20
LOOK_AT = 1024
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ESTALE})
_LINK = errno.ELOOP
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # of a FIFO nobody writes to, else this would wait for ever
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class NotRead(Exception):
    """``why`` is None where there is nothing to count: it is gone, empty, or no file."""

    def __init__(self, why: Unread | None = None) -> None:
        super().__init__(why)
        self.why = why


def file_bytes(path: Path, folder: Path, largest: int = LARGEST) -> bytes:
    """Raises NotRead. ``folder`` itself may be a link; nothing below it may lead elsewhere."""
    if not _lies_in(path, folder):
        raise NotRead(Unread.OUTSIDE)
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as e:
        raise NotRead(_reason(e)) from None
    try:
        return _content(descriptor, largest)
    except OSError as e:
        raise NotRead(_reason(e)) from None
    finally:
        os.close(descriptor)


def _content(descriptor: int, largest: int) -> bytes:
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode) or not about.st_size:
        raise NotRead
    if about.st_size > largest:
        raise NotRead(Unread.LARGE)
    content = _at_most(descriptor, largest + 1)
    if len(content) > largest:  # it grew meanwhile
        raise NotRead(Unread.LARGE)
    return content


def _at_most(descriptor: int, most: int) -> bytes:
    pieces, left = list[bytes](), most
    while left and (piece := os.read(descriptor, min(left, 1 << 20))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _lies_in(path: Path, folder: Path) -> bool:
    """Its own last part is not followed: that the opening refuses."""
    return Path(os.path.realpath(path.parent)).is_relative_to(os.path.realpath(folder))


def _reason(error: OSError) -> Unread | None:
    if error.errno in _GONE or error.errno == errno.ENXIO:  # ENXIO: a socket
        return None
    return Unread.OUTSIDE if error.errno == _LINK else Unread.REFUSED
