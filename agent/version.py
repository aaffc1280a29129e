"""Which version of the agent this is, as its package says, and of what it runs on."""

import platform
import sys
from collections.abc import Iterable
from pathlib import Path

_BEFORE, _AFTER = "gatehouse-", ".dist-info"


def installed(folders: Iterable[str]) -> str:
    """By the name of what a package leaves beside itself; importlib.metadata, which reads it, brings 2 MB along."""
    found = (entry.name for folder in folders for entry in Path(folder or ".").glob(f"{_BEFORE}*{_AFTER}"))
    return next((name.removeprefix(_BEFORE).removesuffix(_AFTER) for name in found), "0")


def system() -> str:
    return f"{platform.system()} {platform.release()}"


VERSION = installed(sys.path)
"""The agent's version."""
