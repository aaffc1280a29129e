"""What a command says that cannot do what it was asked: one line on standard error."""

import sys


def complain(program: str, what: str | Exception) -> int:
    """Gives the exit status of such an end, 2."""
    print(f"{program}: {in_words(what) if isinstance(what, Exception) else what}", file=sys.stderr)
    return 2


def in_words(error: Exception) -> str:
    """Of a mistake of the system's: what it happened to, and what it was. Any other has its own words."""
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(error)
