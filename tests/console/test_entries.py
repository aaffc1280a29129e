"""Entries as lines: people by name, programs as Gatehouse, erased words said to be erased."""

from datetime import UTC, datetime

from appliance.entry_kinds import EntryKind
from appliance.models import Entry, EntryText
from console import entries

AT = datetime(2025, 3, 4, 14, 30, tzinfo=UTC)


def entry(sequence: int, kind: str, actor: str, text: str | None = "") -> Entry:
    said = None if text is None else EntryText(text=text)
    return Entry(sequence=sequence, at=AT, actor=actor, kind=kind, text=said)


SAID = [
    entry(1, EntryKind.OPENED, "detector", "Severity 4."),
    entry(2, EntryKind.LOOKED, "reviewer:dsl"),
    entry(3, EntryKind.NOTED, "reviewer:dsl", None),
    entry(4, EntryKind.NOTED, "reviewer:gone", "x"),
    entry(5, EntryKind.TOLD, "worker", "Mail."),
    entry(6, "some-new-kind", "import", "y"),
]


def test_lines_leave_looks_to_themselves() -> None:
    lines = entries.lines(SAID, {"dsl": "Ms Okonkwo"})
    assert [(line.who, line.label, line.text, line.erased) for line in lines] == [
        ("Gatehouse", "Opened.", "Severity 4.", False),
        ("Ms Okonkwo", "Note.", "", True),
        ("gone", "Note.", "x", False),
        ("Gatehouse", "Alert sent.", "Mail.", False),
        ("import", "Some new kind.", "y", False),
    ]
    assert [look.who for look in entries.looks(SAID, {"dsl": "Ms Okonkwo"})] == ["Ms Okonkwo"]


def test_every_kind_has_a_label() -> None:
    assert set(entries.LABELS) == set(EntryKind)


def test_looks_and_alerts_change_nothing() -> None:
    assert entries.latest_change(SAID) == 4
    assert entries.latest_change([]) == 0


def test_logins_are_those_who_acted() -> None:
    assert entries.logins(SAID) == {"dsl", "gone"}
