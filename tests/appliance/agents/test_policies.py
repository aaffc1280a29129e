"""Where nothing was set the defaults are in force; whoever may change that does so by name and with a reason."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.agents import policies
from appliance.models import AgentPolicy, Entry, ReviewerRole
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_what_nobody_set_is_the_default_under_the_schools_name(session: Session) -> None:
    oak = factories.school(session)
    found = policies.in_force(session, oak)
    assert (found["notice"]["school"], found["time_zone"]) == ("Oak School", "Europe/London")
    assert (found["on_site"]["keep_from"], found["off_site"]["keep_from"]) == (1, 3)


def test_the_latest_counts_and_those_before_stay_on_record(session: Session) -> None:
    oak = factories.school(session)
    lead = factories.reviewer(session, oak)
    for keep in (2, 4):
        made = policies.change(session, oak, {"off_site": {"keep_from": keep}}, lead, "As governors agreed.", NOON)
        session.flush()
        assert made is not None
    assert policies.in_force(session, oak)["off_site"]["keep_from"] == 4
    assert len(session.scalars(select(AgentPolicy)).all()) == 2
    entry = session.scalars(select(Entry).order_by(Entry.sequence.desc())).first()
    assert entry is not None
    assert (entry.actor, entry.kind) == (f"reviewer:{lead.login}", "agent-policy")
    assert entry.text is not None
    assert entry.text.text.endswith("As governors agreed.")


def test_the_same_again_is_no_change(session: Session) -> None:
    oak = factories.school(session)
    assert policies.change(session, oak, {}, factories.reviewer(session, oak), "To be sure.", NOON) is None
    assert session.scalars(select(Entry)).all() == []


@pytest.mark.parametrize(
    ("role", "why", "said"), [(ReviewerRole.MODERATOR, "Because.", "may not say"), (ReviewerRole.DSL, " ", "say why")]
)
def test_not_everybody_and_not_without_a_reason(session: Session, role: ReviewerRole, why: str, said: str) -> None:
    oak = factories.school(session)
    with pytest.raises(ValueError, match=said):
        policies.change(session, oak, {"second_opinion": False}, factories.reviewer(session, oak, role), why, NOON)
