"""Whether an account of a Mac is the Mac's own: all that ever signed in lie in its own directory, a school's too."""

import subprocess
from collections.abc import Callable, Sequence

Answer = tuple[int, str]
"""Exit status and output."""


def _asked(command: Sequence[str]) -> Answer:
    done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    return done.returncode, done.stdout


def is_local(account: str, ask: Callable[[Sequence[str]], Answer] = _asked) -> bool:
    """One that a directory knows is kept with the name of that directory. What cannot be told counts as the Mac's own:
    of that nothing is recorded."""
    if not account or "/" in account:
        return True
    try:
        status, _ = ask(("dscl", "/Local/Default", "-read", f"/Users/{account}", "RecordName"))
        if status != 0:
            return False  # it lies in another directory alone
        status, said = ask(("dscl", "/Local/Default", "-read", f"/Users/{account}", "OriginalNodeName"))
    except (OSError, subprocess.TimeoutExpired):
        return True
    return status != 0 or "OriginalNodeName:" not in said
