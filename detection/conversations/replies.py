"""Answers with a number of three digits, each to one command: SMTP, NNTP and FTP."""

from collections import deque

MOST_OPEN = 1000
"""Commands without an answer. A client that sends more of them is no longer followed exactly."""


def code_of(line: bytes) -> int | None:
    """Of the last line of an answer; None for the lines before it, and for anything else."""
    if len(line) < 3 or not line[:3].isdigit() or line[3:4] == b"-":
        return None
    return int(line[:3])


class OpenCommands:
    """Which command the next answer is for; the greeting answers none."""

    def __init__(self, greeting: str = "greeting") -> None:
        self._open: deque[str] = deque([greeting], maxlen=MOST_OPEN)

    def asked(self, command: str) -> None:
        self._open.append(command)

    def answered(self) -> str:
        return self._open.popleft() if self._open else ""

    def again(self, command: str) -> None:
        """It was not the last word on it."""
        self._open.appendleft(command)

    def until(self, command: str) -> None:
        """The answer can be for nothing else, whatever was counted."""
        while self._open and self._open.popleft() != command:
            pass


def verb_of(line: bytes) -> tuple[str, bytes]:
    """In capitals, and what follows it."""
    verb, _, rest = line[:4096].strip().partition(b" ")
    return verb[:20].decode("ascii", "replace").upper(), rest.strip()
