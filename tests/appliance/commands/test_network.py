"""``gatehouse network``: nothing is read until it is agreed, and at once no more when it is withdrawn."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import reviewers
from appliance.commands import network
from appliance.entry_kinds import EntryKind
from appliance.models import Entry, EntryText, ReviewerRole
from appliance.provisioning import network_states
from appliance.provisioning.network_states import NetworkState
from appliance.second import known
from appliance.second.known import Known, State
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.appliance.firewall import Firewall

PASSWORD = "three quiet otters"
AGREE = [
    "--notice", "https://oak.example/monitoring", "--published", "2026-01-05", "--dpia", "DPIA 2026-3",
    "--retention", "365", "--contact", "Kim Reed <kim@oak.example>", "--contact", "Lee Ode <it@oak.example>",
]  # fmt: skip
pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture(autouse=True)
def staff(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        oak = factories.school(session)
        reviewers.set_password(factories.reviewer(session, oak, login="kim"), PASSWORD)
        for role in (ReviewerRole.NETWORK_MANAGER, ReviewerRole.MODERATOR):
            factories.reviewer(session, oak, role, login=role.replace("-", "."))


@pytest.fixture
def end(config: Path, box_file: Path) -> list[str]:
    return ["--config", str(config), "--box", str(box_file)]


def said(sessions: sessionmaker[Session], kind: EntryKind) -> list[str]:
    with sessions() as session:
        wanted = select(EntryText.text).join(Entry, Entry.sequence == EntryText.sequence).where(Entry.kind == kind)
        return list(session.scalars(wanted.order_by(Entry.sequence)))


def agree(end: list[str], name: str = "pupils", by: str = "network.manager") -> int:
    return network.main(["agree", name, "--by", by, *AGREE, *end])


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        network.main(arguments, ask=lambda _: PASSWORD)
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_a_network_is_read_once_all_is_agreed_and_no_longer_when_it_is_withdrawn(
    end: list[str], firewall: Firewall, sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    assert network.main(["list", *end]) == 0
    assert "Nothing has been agreed yet." in capsys.readouterr().out
    assert agree(end) == 0
    assert (firewall.cards("reading"), firewall.cards("names_only")) == (["eth1"], ["eth2"])
    (entry,) = said(sessions, EntryKind.NETWORK_AGREED)
    assert "DPIA DPIA 2026-3, kept for 365 days, contacts Kim Reed <kim@oak.example>" in entry
    assert network.main(["withdraw", "pupils", "--by", "kim", "--why", "the notice is wrong", *end]) == 0
    assert firewall.cards("reading") == []
    assert "Reason: the notice is wrong" in said(sessions, EntryKind.NETWORK_WITHDRAWN)[0]


def test_devices_of_others_are_read_only_once_somebody_signed_with_their_password(
    end: list[str], firewall: Firewall, sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    sign = ["sign", "visitors", "--by", "kim", "--why", "the sixth form asked for it", *end]
    assert "agree comes first" in refused(sign, capsys)
    agree(end, "visitors")
    assert (firewall.cards("reading"), firewall.cards("names_only")) == ([], ["eth2"])
    with pytest.raises(SystemExit):
        network.main(sign, ask=lambda _: "a guess")
    assert firewall.cards("reading") == []
    assert network.main(sign, ask=lambda _: PASSWORD) == 0
    assert (firewall.cards("reading"), firewall.cards("names_only")) == (["eth2"], [])
    assert "signed for reading network visitors (guest)" in said(sessions, EntryKind.NETWORK_AGREED)[1]


def test_a_network_manager_cannot_sign_nor_a_moderator_agree(
    end: list[str], firewall: Firewall, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "DSL or network manager may" in refused(["agree", "pupils", "--by", "moderator", *AGREE, *end], capsys)
    assert firewall.cards("reading") == []


def test_everything_that_is_missing_is_named_at_once(end: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    bad = [
        "--notice", "monitoring.html", "--published", "2999-01-05", "--dpia", " ",
        "--retention", "0", "--contact", "Kim", "--contact", "Kim Reed <kim@oak.example>",
    ]  # fmt: skip
    told = refused(["agree", "pupils", "--by", "kim", *bad, *end], capsys)
    for word in ("https://", "published before", "DPIA is missing", "between 1 and", "written as", "two contacts"):
        assert word in told
    assert "known: pupils, visitors" in refused(["agree", "staff", "--by", "kim", *AGREE, *end], capsys)


def test_after_a_restart_the_firewall_is_filled_again_without_the_database(
    end: list[str], firewall: Firewall, config: Path
) -> None:
    agree(end)
    firewall.load()
    assert firewall.cards("reading") == []
    config.unlink()
    assert network.main(["apply", *end[2:]]) == 0
    assert (firewall.cards("reading"), firewall.cards("names_only")) == (["eth1"], ["eth2"])


def test_a_network_that_became_another_kind_is_not_read_by_what_was_agreed(
    end: list[str], firewall: Firewall, box_file: Path
) -> None:
    agree(end)
    box_file.write_text(box_file.read_text().replace('"10.20.0.1/16"', '"10.20.0.1/16"\nkind = "byod"'))
    assert network.main(["apply", *end[2:]]) == 0
    assert (firewall.cards("reading"), firewall.cards("names_only")) == ([], ["eth1", "eth2"])


def test_without_a_firewall_nothing_is_recorded_as_agreed(
    end: list[str], firewall: Firewall, sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    firewall.nft("flush", "ruleset")
    assert "the firewall of the box is not loaded" in refused(["agree", "pupils", "--by", "kim", *AGREE, *end], capsys)
    assert said(sessions, EntryKind.NETWORK_AGREED) == []
    assert not Path(end[3]).with_name("networks.toml").exists()


def test_a_withdrawal_stands_even_where_the_firewall_does_not_follow(
    end: list[str], firewall: Firewall, sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    agree(end)
    firewall.nft("flush", "ruleset")
    assert network.main(["withdraw", "pupils", "--by", "kim", "--why", "in haste", *end]) == 1
    assert "may still be read until gatehouse network apply succeeds" in capsys.readouterr().err
    firewall.load()
    network.main(["apply", *end[2:]])
    assert firewall.cards("reading") == []


def test_a_second_gateway_lists_what_the_first_box_said_and_agrees_to_nothing(
    tmp_path: Path, box_file: Path, end: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first = '[appliance]\naddress = "https://10.20.0.1:8446"\n'
    box_file.write_text(box_file.read_text().replace("[[network]]", f"{first}[[network]]", 1))
    names = ("ca_file", "client_certificate", "client_key", "status", "box")
    lines = "".join(f'{name} = "{name}"\n' for name in names)
    box_file.with_name("follow.toml").write_text(f'appliance_url = "https://10.20.0.1:8446"\n{lines}state = "."\n')
    known.save(tmp_path, Known(state=State.ALONE, heard_at=NOON, because={"pupils": "Agreed by kim."}))
    states = (NetworkState(name="pupils", kind="managed", reading="read"),)
    network_states.write(box_file.with_name("networks.toml"), network_states.text(states))
    assert network.main(["list", *end]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "not reached since" in said[0]
    assert said[1].split() == ["pupils", "managed", "read", "Agreed", "by", "kim."]
    assert "are agreed to and paused there" in refused(["agree", "pupils", "--by", "kim", *AGREE, *end], capsys)
