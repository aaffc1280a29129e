"""Which networks are read, and why others are not, is shown to those who answer for it, and weighs on the pulse."""

from dataclasses import replace
from datetime import timedelta

import pytest

from appliance import network_pauses
from appliance.models import NetworkAct, NetworkStep, Organisation, ReviewerRole
from appliance.provisioning.box_network import Network
from tests.console.factories import NOW, School

BOX = """
school = "Oakfield School"
hostname = "gatehouse.oak.example"
outside = "eth0"
[[network]]
name = "pupils"
interface = "eth1"
address = "10.20.0.1/16"
[[network]]
name = "labs"
interface = "eth3"
address = "10.40.0.1/16"
[[network]]
name = "visitors"
interface = "eth2"
address = "10.30.0.1/16"
kind = "guest"
"""


@pytest.fixture
def box(school: School) -> School:
    with school.sessions.begin() as session:
        oak = session.get_one(Organisation, school.here)
        (school.folder / "box.toml").write_text(BOX)
        session.add(NetworkAct(organisation_id=oak.id, network="pupils", step=NetworkStep.AGREED, at=NOW, by="kim"))
    school.app.extensions["settings"] = replace(school.settings, box=school.folder / "box.toml")
    return school


def page(school: School, role: ReviewerRole = ReviewerRole.NETWORK_MANAGER) -> str:
    school.reviewer(f"r-{role}", role)
    return " ".join(school.browser(f"r-{role}").get("/health").text.split())


def test_read_names_only_and_off_are_told_apart_with_the_reason(box: School) -> None:
    box.device("hall", last_seen_at=NOW)
    (box.folder / "gateway.json").write_text(f'{{"at": "{NOW.isoformat()}"}}')
    said = page(box)
    for each in ("Agreed by kim.", "Nothing has been agreed yet.", "nobody has signed for reading them", "Names only"):
        assert each in said, each
    assert "The network labs is not read at present" in said


def test_a_pause_is_shown_while_it_lasts(box: School) -> None:
    with box.sessions.begin() as session:
        oak = session.get_one(Organisation, box.here)
        pupils = Network(name="pupils", interface="eth1", address="10.20.0.1/16")
        network_pauses.pause(session, oak, pupils, timedelta(minutes=30), "the exam", "lee at the box", NOW)
    said = page(box, ReviewerRole.DSL)
    for each in ("<strong>Paused</strong>, until", "By lee at the box: the exam", "Network pupils is paused"):
        assert each in said, each


def test_a_moderator_is_shown_none(box: School) -> None:
    assert "Whose devices" not in page(box, ReviewerRole.MODERATOR)


@pytest.mark.parametrize(
    ("text", "said"), [("nonsense", "cannot be read"), (BOX.replace("Oakfield", "Nowhere"), "is no school here")]
)
def test_a_file_that_will_not_do_is_a_sentence(box: School, text: str, said: str) -> None:
    (box.folder / "box.toml").write_text(text)
    assert said in page(box)
