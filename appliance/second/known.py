"""What a second gateway knows of the first box: when it was heard of last, and how the networks stood then."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from detection.json_object import WireError, parse_time, read_object
from detection.private_file import replace_privately

FILE = "known.json"


class State(StrEnum):
    NEW = "new"
    """It has never been heard of."""
    FOLLOWING = "following"
    ALONE = "alone"
    """It cannot be reached; what was agreed last holds."""
    TOO_LONG = "too-long"
    """It could not be reached for so long that nothing is read any more."""
    CUT_OFF = "cut-off"
    """It takes nothing from this box any more."""
    ENDED = "ended"
    """It takes nothing from this box any more, whose certificate has ended: it was off, or away, for too long."""


READS = (State.FOLLOWING, State.ALONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    state: State = State.NEW
    heard_at: datetime | None = None
    because: dict[str, str]
    """Of each network, in a sentence."""
    ended_at: datetime | None = None
    """When the certificate of this box ended, where that is why nothing is taken."""

    def moved(self, state: State, ended_at: datetime | None = None) -> "Known":
        return replace(self, state=state, ended_at=ended_at)


def load(folder: Path) -> Known:
    """Where it cannot be read nothing is known, and so nothing is read before the first box has answered."""
    try:
        row = read_object((folder / FILE).read_bytes())
        at, ended_at = row.optional_text("heard_at"), row.later_text("ended_at")
        return Known(
            state=row.enum("state", State),
            heard_at=parse_time(at, "heard_at") if at else None,
            because=row.text_by_text("because"),
            ended_at=parse_time(ended_at, "ended_at") if ended_at else None,
        )
    except (OSError, WireError):
        return Known(because={})


def save(folder: Path, known: Known) -> None:
    row = {
        "state": known.state,
        "heard_at": known.heard_at and known.heard_at.isoformat(),
        "because": known.because,
        "ended_at": known.ended_at.isoformat() if known.ended_at else "",
    }
    replace_privately(folder / FILE, json.dumps(row).encode())


def in_words(known: Known, address: str, alone: timedelta) -> str:
    """For whoever is at the box."""
    heard = f"{known.heard_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if known.heard_at else "never"
    until = f"{known.heard_at.astimezone(UTC) + alone:%Y-%m-%d %H:%M} UTC" if known.heard_at else ""
    ended = f"{known.ended_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if known.ended_at else "a time it does not know"
    said = {
        State.NEW: "it has not been heard of yet, and nothing is read",
        State.FOLLOWING: f"heard of at {heard}",
        State.ALONE: f"not reached since {heard}; what was agreed last holds until {until}",
        State.TOO_LONG: f"not reached since {heard}, which is too long: nothing is read",
        State.CUT_OFF: "it takes nothing from this box any more (revoked): nothing is read; join it again with a code",
        State.ENDED: f"the certificate of this box ended at {ended}: nothing is read; join it again with a code",
    }
    return f"The first box, {address}: {said[known.state]}."
