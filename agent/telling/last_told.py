"""What an account was told last: a notice that is new to it is shown until it is clicked, and once for each sign-in."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from agent.telling.words import Told
from detection.private_file import replace_privately


class Due(Enum):
    NOTHING = "told at this sign-in"
    AGAIN = "a new sign-in"
    NEW = "never told, or the school has changed its notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTold:
    kept: Path
    """A folder that outlasts sign-ins."""
    here: Path
    """One that goes with this sign-in, but not when the session is killed."""

    def due(self, told: Told) -> Due:
        if _read(self.kept / "notice") != _said(told):
            return Due.NEW
        return Due.NOTHING if _read(self.here / "told") == _said(told) else Due.AGAIN

    def was_told(self, told: Told) -> None:
        for file in (self.kept / "notice", self.here / "told"):
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_privately(file, _said(told).encode())


def _said(told: Told) -> str:
    """What the school says of it: what is monitored from hour to hour is no new notice."""
    return "\n".join((told.text, told.by, told.link, told.help))


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode()
    except (OSError, ValueError):
        return ""
