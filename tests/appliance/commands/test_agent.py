"""``gatehouse agent``: a code is said once, a device is listed with what is wrong, assigned, and taken out of use."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance.agents import codes
from appliance.agents.authority import authority
from appliance.commands import agent
from appliance.models import AgentCertificate, AgentCode, Device, Entry
from tests.appliance import factories
from tests.appliance.agents.rows import status


@pytest.fixture
def agents(config: Path, sessions: sessionmaker[Session]) -> list[str]:
    with sessions.begin() as session:
        oak, now = factories.school(session), datetime.now(UTC)
        factories.person(session, oak, "p0701")
        factories.person(session, oak, "t1", role="staff")
        lab = factories.device(session, oak, name="lab-07", kind="agent")
        lab.agent_version = "1.0"
        status(session, lab, now, clock_off=7200.0)
        session.add(
            AgentCertificate(
                serial="1", organisation_id=oak.id, device_id=lab.id, issued_at=now, ends_at=now + timedelta(days=365)
            )
        )
    file = config.with_name("agents.toml")
    file.write_text(config.read_text() + 'authority = "authority"\nnames = ["gate.oak.example"]\n')
    return ["--school", "oak", "--config", str(file)]


def test_a_code_is_said_once_with_the_pin_of_the_authority(
    agents: list[str], config: Path, sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    assert agent.main(["code", "lab-08", "--person", "p0701", *agents]) == 0
    code, said = capsys.readouterr().out.splitlines()
    assert said.startswith("For the device lab-08, at https://gate.oak.example:8446, until ")
    pinned = authority(config.with_name("authority"), datetime.now(UTC)).fingerprint
    assert code == codes.with_pin(code.partition(".")[0], pinned)
    with sessions.begin() as session:
        found = codes.take(session, code, datetime.now(UTC))
        assert found is not None
        assert (found.device, found.uses, found.person_id is not None) == ("lab-08", 1, True)


def test_one_for_many_lasts_longer(
    agents: list[str], sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    assert agent.main(["code", "--uses", "300", *agents]) == 0
    assert "For 300 devices" in capsys.readouterr().out
    with sessions() as session:
        made = session.scalars(select(AgentCode)).one()
        assert (made.uses, made.ends_at - made.made_at) == (300, timedelta(days=14))


def test_devices_are_listed_with_what_is_wrong(agents: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert agent.main(["list", *agents]) == 0
    first, device, *wrong = capsys.readouterr().out.splitlines()
    assert first == "Oak School: 1 devices with the agent, 1 heard of within a day, 0 silent."
    assert device.startswith("lab-07: On site; heard of ")
    assert "    Its clock is 2 hours behind." in wrong


def test_a_device_is_assigned_and_taken_out_of_use_and_both_are_entries(
    agents: list[str], sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    assert agent.main(["assign", "lab-07", "--person", "p0701", *agents]) == 0
    assert agent.main(["revoke", "lab-07", "--why", "Stolen.", *agents]) == 0
    said = capsys.readouterr().out
    assert "lab-07 speaks for p0701 alone." in said
    assert "lab-07 can no longer speak for Oak School" in said
    with sessions() as session:
        lab = session.scalars(select(Device)).one()
        assert lab.revoked_at is not None
        assert session.scalars(select(AgentCertificate.revoked_at)).one() == lab.revoked_at
        kinds = session.scalars(select(Entry.kind).order_by(Entry.sequence)).all()
    assert kinds == ["agent-assigned", "agent-revoked"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["code"], "say the name of the one device"),
        (["code", "lab-08", "--uses", "3"], "say the name of the one device"),
        (["code", "lab-07"], "has a device called lab-07 already; revoke it first"),
        (["code", " lab-08"], "no space around it"),
        (["code", "lab-08", "--person", "nobody"], "has nobody with the reference nobody"),
        (["code", "lab-08", "--person", "t1"], "is a member of staff"),
        (["code", "--uses", "0"], "say the name"),
        (["code", "lab-08", "--days", "4000"], "lasts at most 365 days"),
        (["revoke", "gate-1"], "has no device with the agent called gate-1"),
        (["assign", "lab-07", "--person", "nobody"], "has nobody"),
        (["code", "lab-08", "--by", "ghost"], "there is no reviewer ghost"),
    ],
)
def test_a_mistake_is_said_in_words(
    agents: list[str], arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        agent.main([*arguments, *agents])
    assert ended.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith("gatehouse agent: ")
    assert said in err


def test_after_the_authority_was_lost_each_device_gets_a_code_to_stay_who_it_is(
    agents: list[str], config: Path, sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    assert agent.main(["code", "--all", *agents]) == 0
    told = capsys.readouterr()
    ((name, code),) = [line.split("\t") for line in told.out.splitlines()]
    assert name == "lab-07"
    pinned = authority(config.with_name("authority"), datetime.now(UTC)).fingerprint
    assert code == codes.with_pin(code.partition(".")[0], pinned)
    assert "One for each device, at https://gate.oak.example:8446" in told.err
    with sessions() as session:
        made = session.scalars(select(AgentCode)).one()
        assert (made.device, made.uses, made.ends_at - made.made_at) == ("lab-07", 1, timedelta(days=14))


def test_codes_for_all_are_for_the_devices_as_they_are(agents: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        agent.main(["code", "lab-07", "--all", *agents])
    assert "leave out NAME" in capsys.readouterr().err
