"""Put an upload together that comes in several requests, each with its range of the file (``Content-Range``)."""

import re
from collections import OrderedDict
from dataclasses import dataclass, field

_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15}|\*)")
MOST_UPLOADS = 100
"""Under way at once; of more the oldest is forgotten."""


@dataclass(slots=True)
class _Upload:
    kept: bytearray = field(default_factory=bytearray)
    size: int = 0
    """Bytes that have come, kept or not."""


def is_range(header: str) -> bool:
    return _RANGE.match(header) is not None


class UploadRanges:
    def __init__(self, *, most_of_one: int, most: int) -> None:
        """Bytes kept of one upload, and of all together."""
        self._most_of_one, self._most = most_of_one, most
        self._uploads: OrderedDict[str, _Upload] = OrderedDict()

    def add(self, key: str, content_range: str, body: bytes) -> tuple[bytes, bool] | None:
        """The file, and whether that is all of it, once its last range has come."""
        found = _RANGE.match(content_range)
        if not found:
            return body, True
        first, last = int(found[1]), int(found[2])
        upload = _Upload() if first == 0 else self._uploads.pop(key, None)
        if upload is None or first != upload.size or last < first:
            return None  # its beginning went by before, or elsewhere
        if len(upload.kept) == upload.size:
            upload.kept += body[: max(0, self._most_of_one - len(upload.kept))]
        upload.size = last + 1
        if found[3] != "*" and upload.size >= int(found[3]):
            return bytes(upload.kept), len(upload.kept) == upload.size
        self._uploads[key] = upload
        self._forget()
        return None

    @property
    def size(self) -> int:
        return sum(len(upload.kept) for upload in self._uploads.values())

    def _forget(self) -> None:
        while len(self._uploads) > MOST_UPLOADS or self.size > self._most:
            self._uploads.popitem(last=False)
