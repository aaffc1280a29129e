"""A user's mistake is one line on stderr and exit status 2, never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

from appliance.store import StoreError
from detection.complaint import complain


class Mistake(ValueError):
    """What the user got wrong, in a sentence."""


@contextmanager
def reported(program: str) -> Iterator[None]:
    """End the program in words. SettingsError is a ValueError and says what to mend, as does a file that won't open."""
    try:
        yield
    except (ValueError, StoreError, OSError) as e:
        raise SystemExit(complain(program, e)) from None
