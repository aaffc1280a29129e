"""Words erased after a backup was made do not come back with it, as far as the list beside it knows."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chain_check, chronology
from appliance.backup import erasures
from appliance.models import Entry, EntryText
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_what_was_erased_is_erased_again_where_it_is_the_same_entry(session: Session, tmp_path: Path) -> None:
    oak = factories.school(session)
    kept = [factories.entry(session, oak, f"Note {number}.") for number in range(3)]
    texts = [(t.sequence, t.salt, t.text) for t in session.scalars(select(EntryText))]
    chronology.erase_text(session, kept[1], "reviewer:kim", NOON)
    erasures.write(session, tmp_path / "erased.json")
    assert "Note" not in (tmp_path / "erased.json").read_text()
    sequence, salt, text = texts[1]
    session.add(EntryText(organisation_id=oak.id, sequence=sequence, salt=salt, text=text))  # as an old backup has it
    session.flush()
    session.expire_all()
    assert erasures.apply(session, tmp_path / "erased.json", NOON) == 1
    assert session.get(EntryText, (oak.id, sequence)) is None
    assert chain_check.faults(session, oak.id) == []
    assert erasures.apply(session, tmp_path / "erased.json", NOON) == 0


def test_another_chains_entries_are_left_alone(session: Session, tmp_path: Path) -> None:
    factories.entry(session, factories.school(session))
    (tmp_path / "erased.json").write_text(f'[[1, 1, "{"0" * 64}"]]')
    assert erasures.apply(session, tmp_path / "erased.json", NOON) == 0
    assert session.scalars(select(Entry)).one().text is not None


def test_another_file_is_refused(session: Session, tmp_path: Path) -> None:
    (tmp_path / "erased.json").write_text("[1]")
    with pytest.raises(ValueError, match="is no list of erased entries"):
        erasures.apply(session, tmp_path / "erased.json", NOON)
