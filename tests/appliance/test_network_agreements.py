"""Each step is an entry by the person who took it, and the facts that were agreed stay with what is signed for."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chain_check, network_agreements
from appliance.models import Entry, NetworkAct, ReviewerRole
from appliance.network_agreements import Facts
from appliance.provisioning.box_network import Network
from tests.appliance import factories
from tests.appliance.factories import NOON

VISITORS = Network(name="visitors", interface="eth2", address="10.30.0.1/16", kind="guest")
FACTS = Facts(
    notice_url="https://oak.example/monitoring",
    notice_published=date(2026, 1, 5),
    dpia="DPIA 2026-3",
    retention_days=90,
    contacts=("Kim Reed <kim@oak.example>", "Lee Ode <it@oak.example>"),
)


def test_a_signature_carries_the_facts_and_the_chain_stays_whole(session: Session) -> None:
    oak = factories.school(session)
    kim = factories.reviewer(session, oak, login="kim")
    network_agreements.agree(session, oak, VISITORS, FACTS, kim, NOON)
    network_agreements.sign(session, oak, VISITORS, "asked for", kim, NOON)
    signed = session.scalars(select(NetworkAct).order_by(NetworkAct.id.desc())).first()
    assert signed is not None
    assert (signed.dpia, signed.retention_days, signed.why) == ("DPIA 2026-3", 90, "asked for")
    assert signed.contacts[0] == {"name": "Kim Reed", "mail": "kim@oak.example"}
    assert set(session.scalars(select(Entry.actor))) == {"reviewer:kim"}
    assert chain_check.faults(session, oak.id) == []
    with pytest.raises(ValueError, match="signed for already, by kim"):
        network_agreements.sign(session, oak, VISITORS, "again", kim, NOON)


def test_only_of_ones_own_school(session: Session) -> None:
    oak, elm = factories.school(session, "oak"), factories.school(session, "elm")
    kim = factories.reviewer(session, elm, ReviewerRole.DSL, login="kim")
    with pytest.raises(ValueError, match="kim may not do that for oak"):
        network_agreements.agree(session, oak, VISITORS, FACTS, kim, NOON)
    with pytest.raises(ValueError, match="kim may not do that for oak"):
        network_agreements.withdraw(session, oak, VISITORS, "no", kim, NOON)


def test_what_is_not_agreed_cannot_be_withdrawn(session: Session) -> None:
    oak = factories.school(session)
    kim = factories.reviewer(session, oak, login="kim")
    with pytest.raises(ValueError, match="so it is not read"):
        network_agreements.withdraw(session, oak, VISITORS, "no", kim, NOON)
