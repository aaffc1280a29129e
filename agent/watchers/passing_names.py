"""Names of files that no person saved: what programs write on the way, locks, what is hidden, parts of other things."""

import re
from pathlib import PurePath

_PASSING = re.compile(
    r"""^(?:\.|~\$|\#|lu[0-9a-z]{4,}\.tmp$)             # hidden, Office's and Emacs's locks, LibreOffice on its way
    |(?:~|\#|\.(?:tmp|temp|part|partial|crdownload|download|opdownload|swp|swo|swx|lock|lck|bak|kate-swp))$""",
    re.VERBOSE | re.IGNORECASE,
)
_OF_PROGRAMS = frozenset({"node_modules", "__pycache__", "__MACOSX", "site-packages", "venv"})


def is_passing(below: PurePath) -> bool:
    """``below`` is the file's path from the watched folder on: what lies in a hidden folder is hidden."""
    *parents, name = below.parts or ("",)
    return bool(_PASSING.search(name)) or any(part.startswith(".") or part in _OF_PROGRAMS for part in parents)
