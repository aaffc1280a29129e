"""A user's mistake is one line on stderr and exit status 2, never a traceback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from appliance.store import StoreError


class Mistake(ValueError):
    """What the user got wrong, in a sentence."""


@contextmanager
def reported(program: str) -> Iterator[None]:
    """End the program in words. SettingsError is a ValueError and says what to mend, as does a file that won't open."""
    try:
        yield
    except (ValueError, StoreError) as e:
        said = str(e)
    except OSError as e:
        said = f"{e.filename}: {e.strerror}" if e.filename and e.strerror else str(e)
    else:
        return
    print(f"{program}: {said}", file=sys.stderr)
    raise SystemExit(2)
