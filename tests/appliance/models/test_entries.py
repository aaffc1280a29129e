"""What an entry says can be erased; the entry stays in its chain."""

from sqlalchemy.orm import Session

from tests.appliance import factories


def test_an_entry_stays_when_its_text_is_erased(session: Session) -> None:
    entry = factories.entry(session, factories.school(session), "Spoke to tutor.")
    assert entry.text
    assert entry.text.text == "Spoke to tutor."
    session.delete(entry.text)
    session.flush()
    session.refresh(entry)
    assert (entry.text, entry.sequence) == (None, 1)
    assert entry.hash
