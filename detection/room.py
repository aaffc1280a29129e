"""How much may still be written to a disk."""

import os
from pathlib import Path


def free_bytes(place: Path) -> int:
    """Of a file or folder that is not there yet: where it will be."""
    while not place.exists() and place != place.parent:
        place = place.parent
    found = os.statvfs(place)
    return found.f_bavail * found.f_frsize
