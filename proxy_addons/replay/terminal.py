"""What ``gatehouse replay`` says: results on standard output, all else on standard error, a line each."""

import os
import sys
from collections.abc import Iterable

from detection.complaint import in_words


def tell(lines: Iterable[str]) -> None:
    print(_printable("\n".join(lines), sys.stdout.encoding), flush=True)


def fall_silent() -> None:
    """Nobody reads standard output any more. What is left of it goes nowhere, or Python would complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(what: object) -> None:
    """A mistake of the system's is told by what it happened to, and what it was."""
    said = in_words(what) if isinstance(what, Exception) else what
    print(_printable(f"gatehouse replay: {said}", sys.stderr.encoding), file=sys.stderr)


def _printable(text: str, encoding: str | None) -> str:
    """A terminal's encoding may know less than a web page's, and a file's name may be no text at all."""
    return text.encode(encoding or "utf-8", "replace").decode(encoding or "utf-8")
