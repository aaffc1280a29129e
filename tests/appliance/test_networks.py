"""How each network stands follows from its kind and the last step, and nothing is read by default."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from appliance import network_pauses, networks
from appliance.models import NetworkAct, NetworkStep
from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.network_states import Reading
from tests.appliance import factories
from tests.appliance.factories import NOON


def box(kind: str) -> Box:
    network = Network(name="pupils", interface="eth1", address="10.20.0.1/16", kind=kind)
    return Box(school="Oak School", hostname="gatehouse.oak.example", outside="eth0", network=(network,))


@pytest.mark.parametrize(
    ("kind", "steps", "reading"),
    [
        ("managed", "", Reading.OFF),
        ("managed", "agreed", Reading.READ),
        ("managed", "agreed withdrawn", Reading.OFF),
        ("managed", "agreed withdrawn agreed", Reading.READ),
        ("byod", "", Reading.NAMES_ONLY),
        ("byod", "agreed", Reading.NAMES_ONLY),
        ("byod", "agreed signed", Reading.READ),
        ("byod", "agreed signed agreed", Reading.NAMES_ONLY),
        ("guest", "agreed signed withdrawn", Reading.NAMES_ONLY),
    ],
)
def test_what_is_read(session: Session, kind: str, steps: str, reading: Reading) -> None:
    oak = factories.school(session)
    for step in steps.split():
        session.add(NetworkAct(organisation_id=oak.id, network="pupils", step=NetworkStep(step), at=NOON, by="kim"))
        session.flush()
    (standing,) = networks.standings(session, oak.id, box(kind).network)
    assert standing.reading is reading
    assert standing.because


def test_another_schools_agreement_is_not_ones_own(session: Session) -> None:
    oak, elm = factories.school(session, "oak"), factories.school(session, "elm")
    session.add(NetworkAct(organisation_id=elm.id, network="pupils", step=NetworkStep.AGREED, at=NOON, by="kim"))
    (standing,) = networks.standings(session, oak.id, box("managed").network)
    assert standing.reading is Reading.OFF


def test_a_pause_is_told_to_the_firewall_beside_how_the_network_stands(session: Session) -> None:
    oak = factories.school(session)
    network_pauses.pause(session, oak, box("managed").network[0], timedelta(minutes=5), "exam", "lee", NOON)
    (state,) = networks.states(networks.standings(session, oak.id, box("managed").network))
    assert (state.reading, state.paused_until) == (Reading.OFF, NOON + timedelta(minutes=5))
