"""Put an upload together that comes in several requests, each with its range of the file (``Content-Range``)."""

import re
from collections import OrderedDict
from dataclasses import dataclass, field

_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15}|\*)")
MOST_UPLOADS = 100
"""Under way at once; of more the oldest is forgotten."""
SECONDS = 600.0
"""Without another range; then nothing of it is kept."""


@dataclass(slots=True)
class _Upload:
    kept: bytearray = field(default_factory=bytearray)
    size: int = 0
    """Bytes that have come, kept or not."""
    at: float = 0.0


class UploadRanges:
    """What an upload is known by (``key``) is the caller's: its address, and whose it is."""

    def __init__(self, *, most_of_one: int, most: int) -> None:
        """Bytes kept of one upload, and of all together."""
        self._most_of_one, self._most = most_of_one, most
        self._uploads: OrderedDict[str, _Upload] = OrderedDict()
        self.lost = 0
        """Uploads of which something came that nobody will read."""

    def wants(self, key: str, content_range: str) -> bool:
        """Whether this range, whose body is still to come, goes on with something that was kept."""
        found = _RANGE.match(content_range)
        return found is not None and int(found[1]) > 0 and key in self._uploads

    def add(self, key: str, content_range: str, body: bytes, now: float) -> tuple[bytes, bool] | None:
        """The file, and whether that is all of it, once its last range has come. ``now`` in seconds. Of a range that
        does not follow on what is kept nothing is."""
        found = _RANGE.match(content_range)
        if not found:
            return body, True
        first, last = int(found[1]), int(found[2])
        upload = self._uploads.pop(key, None) if first else _Upload()
        if upload is None or first != upload.size or last < first:
            self.lost += 1  # its beginning went by before, or elsewhere
            return None
        if len(upload.kept) == upload.size:
            upload.kept += body[: max(0, self._most_of_one - len(upload.kept))]
        upload.size, upload.at = last + 1, now
        if found[3] != "*" and upload.size >= int(found[3]):
            return bytes(upload.kept), len(upload.kept) == upload.size
        self._uploads[key] = upload
        self.forget(now)
        return None

    @property
    def size(self) -> int:
        return sum(len(upload.kept) for upload in self._uploads.values())

    def forget(self, now: float) -> None:
        """Let go of what is too old or too much."""
        while self._uploads and (
            len(self._uploads) > MOST_UPLOADS
            or self.size > self._most
            or now - next(iter(self._uploads.values())).at > SECONDS
        ):
            self._uploads.popitem(last=False)
            self.lost += 1


def begins_later(content_range: str) -> bool:
    """Whether it is a part of a file without its beginning, which alone tells what the file is."""
    found = _RANGE.match(content_range)
    return found is not None and int(found[1]) > 0


def ends_early(content_range: str) -> bool:
    """Whether more of the file follows, or may."""
    found = _RANGE.match(content_range)
    return found is not None and (found[3] == "*" or int(found[2]) + 1 < int(found[3]))
