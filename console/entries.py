"""The entries of an incident as lines to read, with looks kept apart from what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from appliance.entry_kinds import EntryKind
from appliance.models import Entry

LABELS: Mapping[str, str] = {
    EntryKind.OPENED: "Opened.",
    EntryKind.DETECTED: "Another capture.",
    EntryKind.REPEATED: "The same again.",
    EntryKind.RAISED: "Raised.",
    EntryKind.GRADED: "Severity changed.",
    EntryKind.KEPT: "Kept.",
    EntryKind.FALSE_POSITIVE: "False positive.",
    EntryKind.NOTED: "Note.",
    EntryKind.CLOSED: "Closed.",
    EntryKind.REOPENED: "Reopened.",
    EntryKind.LOOKED: "Looked at a capture.",
    EntryKind.REPRODUCED: "Derived a capture again.",
    EntryKind.TOLD: "Alert sent.",
    EntryKind.NOT_TOLD: "Alert not sent.",
    EntryKind.ERASED: "Erased.",
    EntryKind.LIBRARY_CHANGED: "Library changed.",
    EntryKind.LIBRARY_RELEASED: "Library released.",
    EntryKind.NETWORK_AGREED: "A network may be read.",
    EntryKind.NETWORK_WITHDRAWN: "A network is no longer read.",
    EntryKind.NETWORK_PAUSED: "A network was paused.",
    EntryKind.NETWORK_RESUMED: "A network’s pause is over.",
    EntryKind.AGENT_ENROLLED: "A device was enrolled.",
    EntryKind.AGENT_REVOKED: "A device was taken out of use.",
    EntryKind.AGENT_ASSIGNED: "A device was assigned.",
    EntryKind.AGENT_POLICY: "What agents watch was changed.",
    EntryKind.AGENT_STARTED: "Agent started.",
    EntryKind.AGENT_STOPPED: "Agent stopped.",
    EntryKind.AGENT_KILLED: "Agent killed.",
    EntryKind.AGENT_PAUSED: "Agent paused.",
    EntryKind.AGENT_RESUMED: "Agent watches again.",
    EntryKind.AGENT_CLOCK: "A device’s clock jumped.",
    EntryKind.AGENT_DROPPED: "An agent had no room.",
    EntryKind.AGENT_REMOVED: "Agent removed.",
    EntryKind.AGENT_SAID: "An agent reported something.",
    EntryKind.AGENT_IMPLAUSIBLE: "An agent said that more people were signed in on its device than can be.",
    EntryKind.GATEWAY_CODE: "A code for a second gateway was made.",
    EntryKind.GATEWAY_ENROLLED: "A second gateway was enrolled.",
    EntryKind.GATEWAY_REVOKED: "A gateway was taken out of use.",
    EntryKind.BACKED_UP: "Backed up.",
    EntryKind.NOT_BACKED_UP: "Backup failed.",
    EntryKind.PASSKEY_ADDED: "A passkey was added.",
    EntryKind.PASSKEY_REMOVED: "A passkey was removed.",
    EntryKind.PASSKEY_REFUSED: "A passkey was refused.",
    EntryKind.CLOCK_SET: "The clock was set.",
    EntryKind.RESTORED: "Restored from a backup.",
}
NOT_PEOPLE = {"detector": "Gatehouse", "worker": "Gatehouse", "system": "Gatehouse"}
PERSON = "reviewer:"

CHANGES = frozenset(
    {
        EntryKind.OPENED,
        EntryKind.DETECTED,
        EntryKind.RAISED,
        EntryKind.GRADED,
        EntryKind.KEPT,
        EntryKind.FALSE_POSITIVE,
        EntryKind.NOTED,
        EntryKind.CLOSED,
        EntryKind.REOPENED,
    }
)
"""What a reviewer should have read before deciding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    at: datetime
    who: str
    label: str
    text: str
    erased: bool


def lines(entries: Sequence[Entry], names: Mapping[str, str]) -> list[Line]:
    """What was done, in order; ``names`` of reviewers by login."""
    return [_line(entry, names) for entry in entries if entry.kind != EntryKind.LOOKED]


def looks(entries: Sequence[Entry], names: Mapping[str, str]) -> list[Line]:
    return [_line(entry, names) for entry in entries if entry.kind == EntryKind.LOOKED]


def logins(entries: Sequence[Entry]) -> set[str]:
    return {entry.actor.removeprefix(PERSON) for entry in entries if entry.actor.startswith(PERSON)}


def latest_change(entries: Sequence[Entry]) -> int:
    """The sequence of the last entry that changed anything; 0 where there is none."""
    return max((entry.sequence for entry in entries if entry.kind in CHANGES), default=0)


def _line(entry: Entry, names: Mapping[str, str]) -> Line:
    return Line(
        at=entry.at,
        who=_who(entry.actor, names),
        label=LABELS.get(entry.kind, entry.kind.replace("-", " ").capitalize() + "."),
        text=entry.text.text if entry.text else "",
        erased=entry.text is None,
    )


def _who(actor: str, names: Mapping[str, str]) -> str:
    login = actor.removeprefix(PERSON)
    return names.get(login, login) if actor.startswith(PERSON) else NOT_PEOPLE.get(actor, actor)
