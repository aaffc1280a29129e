"""Which media are plugged in: what the desktop mounted where it mounts removable ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MOUNT_INFO = Path("/proc/self/mountinfo")
PLACES = ("/media", "/run/media")
_ESCAPED = re.compile(rb"\\([0-7]{3})")
_NO_MEDIA = frozenset({b"tmpfs", b"autofs", b"overlay", b"proc", b"sysfs"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    number: int
    """Of its mount: another one when it is plugged in again."""
    path: Path


def media(mount_info: Path = MOUNT_INFO, places: Sequence[str] = PLACES) -> Sequence[Medium]:
    """Empty where the system keeps no such list."""
    try:
        lines = mount_info.read_bytes().splitlines()
    except OSError:
        return ()
    found = (_medium(line.split(b" "), places) for line in lines)
    return tuple(medium for medium in found if medium)


def _medium(fields: list[bytes], places: Sequence[str]) -> Medium | None:
    """As proc(5) describes a line: the mount's number, …, the fifth where it is, after a dash its kind."""
    if len(fields) < 6 or b"-" not in fields[6:-1] or not fields[0].isdigit():
        return None
    if fields[fields.index(b"-", 6) + 1] in _NO_MEDIA:
        return None
    path = _ESCAPED.sub(lambda found: bytes([int(found[1], 8) & 0xFF]), fields[4]).decode("utf-8", "surrogateescape")
    if not any(path.startswith(f"{place}/") for place in places):
        return None
    return Medium(number=int(fields[0]), path=Path(path))
