"""Passkeys: added under a name, used once for each question, gone with everything they opened."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import passkeys, reviewers, sign_ins, store
from appliance.models import Entry, EntryText, Passkey, Reviewer
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.appliance.signed_in import reviewer_of
from tests.appliance.test_reviewers import added as reviewer_added

pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def dsl(session: Session) -> Reviewer:
    return reviewer_added(session, factories.school(session))


def added(session: Session, dsl: Reviewer, name: str = "laptop", **more: Any) -> Passkey:
    plain = {"credential_id": name, "public_key": "k", "user_handle": "h", "sign_count": 0, "now": NOON}
    return passkeys.add(session, dsl, name=name, **plain | more)


def said(session: Session) -> list[tuple[str, str, str]]:
    same = (EntryText.organisation_id == Entry.organisation_id) & (EntryText.sequence == Entry.sequence)
    rows = session.execute(select(Entry.kind, Entry.actor, EntryText.text).join(EntryText, same))
    return [tuple(row) for row in rows]


def test_each_is_an_entry_and_so_is_its_end(session: Session, dsl: Reviewer) -> None:
    passkey = added(session, dsl, "Work laptop")
    passkeys.remove(session, passkey, "system", NOON)
    assert said(session) == [
        ("passkey-added", "reviewer:dsl", "Added the passkey “Work laptop” of dsl."),
        ("passkey-removed", "system", "Removed the passkey “Work laptop” of dsl."),
    ]
    assert passkeys.of(session, dsl) == []


def test_it_opens_once_for_each_question(session: Session, dsl: Reviewer) -> None:
    passkey = added(session, dsl)
    token = passkeys.sign_in(session, passkey.id, 0, "a", NOON)
    assert token is not None
    assert reviewer_of(session, token, NOON) is dsl
    assert passkey.used_at == NOON
    assert passkeys.sign_in(session, passkey.id, 0, "a", NOON) is None
    assert passkeys.sign_in(session, passkey.id, 0, "b", NOON) is not None


@pytest.mark.parametrize("count", [0, 6, 7])
def test_one_whose_counter_does_not_go_on_is_refused_and_that_is_an_entry(
    session: Session, dsl: Reviewer, count: int
) -> None:
    passkey = added(session, dsl, sign_count=7)
    assert passkeys.sign_in(session, passkey.id, count, "a", NOON) is None
    assert said(session)[-1][0] == "passkey-refused"
    assert passkeys.sign_in(session, passkey.id, 8, "b", NOON) is not None
    assert passkey.sign_count == 8


def test_removing_one_ends_what_it_opened_and_nothing_else(session: Session, dsl: Reviewer) -> None:
    lost, other = added(session, dsl, "lost"), added(session, dsl, "other")
    by_lost = passkeys.sign_in(session, lost.id, 0, "a", NOON) or ""
    by_other = passkeys.sign_in(session, other.id, 0, "b", NOON) or ""
    by_password = sign_ins.start(session, dsl, NOON)
    passkeys.remove(session, lost, "system", NOON)
    assert reviewer_of(session, by_lost, NOON) is None
    assert reviewer_of(session, by_other, NOON) is dsl
    assert reviewer_of(session, by_password, NOON) is dsl
    assert passkeys.sign_in(session, lost.id, 0, "c", NOON) is None


def test_nobody_disabled_comes_in_by_one(session: Session, dsl: Reviewer) -> None:
    passkey = added(session, dsl)
    reviewers.disable(session, dsl, NOON)
    assert passkeys.sign_in(session, passkey.id, 0, "a", NOON) is None


@pytest.mark.parametrize(
    ("name", "why"), [("", "Give it a name"), ("x" * 61, "Give it a name"), (" laptop ", "of that name already")]
)
def test_a_name_that_will_not_do_is_refused_in_words(session: Session, dsl: Reviewer, name: str, why: str) -> None:
    added(session, dsl)
    with pytest.raises(ValueError, match=why):
        added(session, dsl, name, credential_id="another")


def test_the_same_key_is_added_once(session: Session, dsl: Reviewer) -> None:
    added(session, dsl, credential_id="c")
    with pytest.raises(ValueError, match="known here already"):
        added(session, dsl, "again", credential_id="c")


def test_nobody_has_more_than_a_few(session: Session, dsl: Reviewer) -> None:
    for number in range(passkeys.MOST):
        added(session, dsl, f"key {number}")
    with pytest.raises(ValueError, match="remove one first"):
        added(session, dsl)


def test_one_is_found_by_its_name_or_the_others_are_named(session: Session, dsl: Reviewer) -> None:
    passkey = added(session, dsl)
    assert passkeys.named(session, dsl, "laptop") is passkey
    with pytest.raises(ValueError, match="has no passkey “phone”, but “laptop”"):
        passkeys.named(session, dsl, "phone")


def test_all_of_a_reviewer_share_a_handle_that_says_nothing(session: Session, dsl: Reviewer) -> None:
    first = passkeys.handle_of(session, dsl)
    assert len(first) >= 40
    added(session, dsl, user_handle=first)
    assert passkeys.handle_of(session, dsl) == first


def test_a_counter_of_32_bits_and_a_later_use_are_kept_on_every_database(every_url: str) -> None:
    sessions = store.sessions(every_url)
    with sessions.begin() as session:
        dsl = reviewer_added(session, factories.school(session))
        known = added(session, dsl).id
    with sessions.begin() as session:
        assert passkeys.sign_in(session, known, 2**32 - 1, "a", NOON + timedelta(days=1)) is not None
    with sessions() as session:
        kept = session.get_one(Passkey, known)
        assert (kept.sign_count, kept.used_at) == (2**32 - 1, NOON + timedelta(days=1))
    sessions.kw["bind"].dispose()
