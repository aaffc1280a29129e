"""A text that ends with a line of one dot, as mail and news send it."""

from detection.extract.limits import leave_out
from detection.extract.mail import MOST_BYTES


class Dotted:
    """Of a longer one the first ``most`` bytes are kept. With 0 nobody wants them."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._lines: list[bytes] = []
        self._left, self._wanted = most, most > 0
        self.size = 0

    def ends_with(self, line: bytes) -> bool:
        """Take one more line; True if it was the last."""
        if line == b".":
            return True
        said = line.removeprefix(b".")
        if self._wanted and len(said) > self._left:
            leave_out()
            self._wanted = False
        if self._left > 0:
            self._lines.append(said[: self._left])
            self.size += len(self._lines[-1])
        self._left -= len(said) + 2
        return False

    @property
    def text(self) -> bytes:
        return b"\r\n".join(self._lines)
