"""A text that ends with a line of one dot, as mail and news send it."""

from detection.extract.mail import MOST_BYTES


class Dotted:
    """Of a longer one the first ``most`` bytes are kept."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._lines: list[bytes] = []
        self._left = most
        self.size = 0

    def ends_with(self, line: bytes) -> bool:
        """Take one more line; True if it was the last."""
        if line == b".":
            return True
        said = line.removeprefix(b".")[: max(0, self._left)]
        if self._left > 0:
            self._lines.append(said)
            self.size += len(said)
        self._left -= len(said) + 2
        return False

    @property
    def text(self) -> bytes:
        return b"\r\n".join(self._lines)
