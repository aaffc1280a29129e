"""What an account was told last: a notice that is new to it is shown until it is clicked, and once for each sign-in.

Whoever was told only that nothing is recorded has not been told the notice: as at a first sign-in, before the school
has answered whose account it is."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from agent.telling.words import Told
from detection.private_file import replace_privately

_WATCHED = "monitored\n"
"""Before what was said while something was monitored."""


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
        said = _said(told)
        if told.monitored and _read(self.kept / "notice") != said:
            return Due.NEW
        is_told = (_WATCHED + said,) if told.monitored else (_WATCHED + said, said)
        return Due.NOTHING if _read(self.here / "told") in is_told else Due.AGAIN

    def was_told(self, told: Told) -> None:
        if self.due(told) is Due.NOTHING:
            return
        if told.monitored:
            _keep(self.kept / "notice", _said(told))
        _keep(self.here / "told", _WATCHED + _said(told) if told.monitored else _said(told))


def _said(told: Told) -> str:
    """What the school says of it: what is monitored from hour to hour is no new notice."""
    return "\n".join((told.text, told.by, told.link, told.help))


def _keep(file: Path, said: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_privately(file, said.encode())


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode()
    except (OSError, ValueError):
        return ""
