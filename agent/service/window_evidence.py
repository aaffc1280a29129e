"""The evidence of what was seen on a screen: the pictures of the window, as a recording like any other."""

from collections.abc import Sequence

from agent.seen import Seen
from detection import har
from detection.har import Exchange, sha256
from detection.observation import Evidence
from detection.packing import in_steps

INDEX_STEP = 4096
PICTURE_STEP = 65536
"""Bytes: the size of what is kept and sent says only roughly how large a window was."""


def evidence_of(seen: Seen) -> Evidence | None:
    """The window first, then what it looked like before, the oldest first; None without a picture."""
    if not seen.picture:
        return None
    pictures = [_padded(picture) for picture in (seen.picture, *seen.earlier_pictures)]
    index = har.log(har.entry(_exchange(seen, picture)) for picture in pictures)
    return Evidence(index=in_steps(index, INDEX_STEP), bodies=_by_name(pictures))


def _exchange(seen: Seen, picture: bytes) -> Exchange:
    url = f"screen:{seen.app}"
    return Exchange(started_at=seen.at, method="GET", url=url, status=200, media_type="image/jpeg", body=picture)


def _by_name(pictures: Sequence[bytes]) -> dict[str, bytes]:
    return {sha256(picture): picture for picture in pictures}


def _padded(picture: bytes) -> bytes:
    """What stands behind the end of a JPEG is not read."""
    return picture.ljust(-(-len(picture) // PICTURE_STEP) * PICTURE_STEP, b"\0")
