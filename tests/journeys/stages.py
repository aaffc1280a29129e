"""The stages of a detection's way at which a program is killed, and what a kill was found to have hit."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    INSPECTING = "inspecting"
    """The gateway has read the message to its end; nothing is on disk, nothing passed on."""
    ROW_WRITTEN = "row written"
    """The row is on disk; not a byte of the message has been passed on."""
    SENDING = "sending"
    """The pupil has the answer, the row is on disk, its POST is on the way."""
    INGESTING = "ingesting"
    """The appliance has been given a whole request and has not answered."""
    DRAWING = "drawing"
    """The worker has taken a capture; its picture is nowhere."""
    MARKING = "marking"
    """The picture is in the vault; no row says so."""
    ELSEWHERE = "elsewhere"
    """Aimed at one of these and missed."""


WHOM = {
    Stage.INSPECTING: "gateway",
    Stage.ROW_WRITTEN: "gateway",
    Stage.SENDING: "gateway",
    Stage.INGESTING: "appliance",
    Stage.DRAWING: "worker",
    Stage.MARKING: "worker",
}


@dataclass(frozen=True)
class Kill:
    program: str
    stage: Stage
    note: str
    """More about what was found."""


def table(kills: Iterable[Kill]) -> str:
    """How many of each, and in words what was found."""
    kills = list(kills)
    rows = [f"{len(kills)} kills (-9), by what was found on disk and at the pupil's end:"]
    for stage in Stage:
        hit = [kill for kill in kills if kill.stage is stage]
        if hit or stage in WHOM:
            notes = ", ".join(f"{n} {note}" for note, n in Counter(kill.note for kill in hit).most_common())
            program = WHOM.get(stage, "")
            rows.append(f"  {stage:<12} {program:<10} {len(hit):>4}   {notes}")
    return "\n".join(rows)
