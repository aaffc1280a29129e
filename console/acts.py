"""The decisions a reviewer's forms ask for: who may, what is done, which entry it leaves, and what is said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from appliance import reviewing
from appliance.entry_kinds import EntryKind
from appliance.models import Incident, Outcome, Reviewer
from appliance.permissions import Action

Do = Callable[[Session, Incident, Reviewer, Any, datetime], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    name: str
    action: Action
    kind: EntryKind
    """The entry it leaves: the same one already there is the same click again."""
    do: Do
    said: str


def _with_note(act: Callable[[Session, Incident, Reviewer, str, datetime], object]) -> Do:
    """Of an act for which the form says no more than a note."""
    return lambda session, incident, reviewer, form, now: act(session, incident, reviewer, form.note.data or "", now)


KEEP = Act(
    name="keep",
    action=Action.KEEP,
    kind=EntryKind.KEPT,
    do=lambda session, incident, reviewer, form, now: reviewing.keep(session, incident, reviewer, "", now),
    said="Kept. It is in review now.",
)
GRADE = Act(
    name="grade",
    action=Action.GRADE,
    kind=EntryKind.GRADED,
    do=lambda session, incident, reviewer, form, now: reviewing.grade(
        session, incident, int(form.severity.data), reviewer, form.note.data or "", now
    ),
    said="The severity was changed.",
)
FALSE_POSITIVE = Act(
    name="false_positive",
    action=Action.MARK_FALSE_POSITIVE,
    kind=EntryKind.FALSE_POSITIVE,
    do=_with_note(reviewing.mark_false_positive),
    said="Marked as a false positive. It has left the queue.",
)
NOTE = Act(
    name="note",
    action=Action.ADD_NOTE,
    kind=EntryKind.NOTED,
    do=_with_note(reviewing.add_note),
    said="The note was added.",
)
CLOSE = Act(
    name="close",
    action=Action.CLOSE,
    kind=EntryKind.CLOSED,
    do=lambda session, incident, reviewer, form, now: reviewing.close(
        session, incident, Outcome(form.outcome.data), reviewer, form.note.data or "", now
    ),
    said="The incident is closed.",
)
REOPEN = Act(
    name="reopen",
    action=Action.REOPEN,
    kind=EntryKind.REOPENED,
    do=_with_note(reviewing.reopen),
    said="The incident is open again.",
)
