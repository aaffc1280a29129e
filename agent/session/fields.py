"""From what a platform tells of its fields to sentences: when one is said, and as which place."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from agent.session.desktop import Activated, Edited, Entered, Event, Field, Focused, Rewritten, Stood
from agent.session.difference import difference
from agent.session.field_text import FieldText, Piece
from agent.session.said import Said

PAUSE = 0.7
"""Seconds without an edit: the person thinks, and what is there is said."""
LONGEST_WAIT = 4.0
"""Seconds that somebody who never pauses nor ends a sentence may write before it is said at the end of a word."""
MOST_FIELDS = 16
LONGEST_WHOLE = 20_000
"""Characters of a field that a system tells only as a whole."""


@dataclass(slots=True)
class _Written:
    field: Field
    text: FieldText
    whole: str = ""
    changed_at: float = 0.0
    waits_since: float | None = None


@dataclass(slots=True)
class Fields:
    """Takes events with a clock that never goes back, in seconds."""

    _written: OrderedDict[str, _Written] = field(default_factory=OrderedDict)
    """By key; the one written in most recently stands last."""
    _window: str = ""
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def take(self, event: Event, now: float) -> list[Said]:
        """What the event completes."""
        match event:
            case Edited() | Stood() | Rewritten() | Entered() if event.field.is_secure:
                return self.settle(now)
            case Stood(field=where, text=text, start=start):
                written = self._of(where)
                written.whole = text[:LONGEST_WHOLE]
                written.text.stood(start, text)
            case Edited():
                return self._edit(event, now)
            case Rewritten():
                return self._rewrite(event, now)
            case Entered(field=where):
                written = self._of(where)
                written.text.entered(now)
                return self._settled(written, now)
            case Focused(field=focused):
                return self.settle(now, but=focused.key if focused else "")
            case Activated(window=window):
                same, self._window = self._window == (window.key if window else ""), window.key if window else ""
                return [] if same else self.settle(now)
        return []

    def settle(self, now: float, but: str = "") -> list[Said]:
        """All that waits, of every field but one."""
        return [said for key, written in self._written.items() if key != but for said in self._settled(written, now)]

    def pause(self, now: float) -> list[Said]:
        """What has waited long enough."""
        rested = [w for w in self._written.values() if w.text.waits and now >= w.changed_at + PAUSE]
        return [said for written in rested for said in self._settled(written, now)]

    def due(self) -> float | None:
        """When ``pause`` is to be asked next."""
        return min((w.changed_at + PAUSE for w in self._written.values() if w.text.waits), default=None)

    def forget(self) -> None:
        """What is there is not the service's any more: it is told to see nothing, or the window is a private one."""
        self._written.clear()

    def _edit(self, event: Edited, now: float) -> list[Said]:
        written = self._of(event.field)
        if event.by_program and event.removed and not event.inserted:
            return _as_said(written.field, written.text.cleared(event.start, event.removed, now))
        pieces = written.text.edited(event.start, event.removed, event.inserted, event.pasted, now)
        written.changed_at = now
        if written.waits_since is None:
            written.waits_since = now
        said = _as_said(written.field, pieces)
        long_since = now - written.waits_since >= LONGEST_WAIT and event.inserted[-1:].isspace()
        if event.inserted and (long_since or written.text.ends_sentence()):
            said += self._settled(written, now)
        return said + self._bounded(now)

    def _rewrite(self, event: Rewritten, now: float) -> list[Said]:
        written = self._of(event.field)
        text = event.text[:LONGEST_WHOLE]
        start, removed, inserted = difference(written.whole, text)
        written.whole = text
        if not removed and not inserted:
            return []
        edit = Edited(field=event.field, start=start, removed=removed, inserted=inserted, pasted=event.pasted)
        return self._edit(edit, now)

    def _of(self, where: Field) -> _Written:
        if where.key not in self._written:
            self._written[where.key] = _Written(where, FieldText(lambda: next(self._numbers)))
        self._written.move_to_end(where.key)
        written = self._written[where.key]
        written.field = where
        return written

    def _settled(self, written: _Written, now: float) -> list[Said]:
        written.waits_since = None
        return _as_said(written.field, written.text.settle(now))

    def _bounded(self, now: float) -> list[Said]:
        said = []
        while len(self._written) > MOST_FIELDS:
            _, gone = self._written.popitem(last=False)
            said += self._settled(gone, now)
        return said


def _as_said(where: Field, pieces: Iterable[Piece]) -> list[Said]:
    return [
        Said(
            field=where,
            place=f"{where.key}/{piece.number}",
            text=piece.text,
            marks=piece.marks,
            is_shown=piece.is_shown,
        )
        for piece in pieces
    ]
