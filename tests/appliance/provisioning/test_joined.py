"""A second gateway joins once; a run that was killed after it had joined needs no other code."""

from pathlib import Path

import pytest

from appliance.provisioning import made
from appliance.provisioning.accounts import GATEWAY
from appliance.provisioning.joined import DRAFT, OPEN_TO_ALL, SECRET, Joined
from appliance.provisioning.machine import MachineError
from appliance.provisioning.plan import Site

FIRST = "https://10.20.0.1:8446"


@pytest.fixture
def prepared(site: Site) -> Site:
    """With the folders that other steps make, and the gateway's user."""
    for path in ("/etc/gatehouse", "/var/lib/gatehouse/gateway", "/var/lib/gatehouse/follow"):
        site.machine.at(path).mkdir(parents=True)
    for file in (site.machine.at("/etc/passwd"), site.machine.at("/etc/group")):
        file.write_text(file.read_text() + file.read_text().replace("gatehouse:", f"{GATEWAY}:"))
    return site


def drafted(site: Site) -> Path:
    folder = site.machine.at(DRAFT)
    folder.mkdir(exist_ok=True)
    for name in (*OPEN_TO_ALL, *SECRET):
        (folder / name).write_text(name)
    return folder


def test_without_a_code_it_says_where_one_is_made(prepared: Site) -> None:
    step = Joined(FIRST, str)
    assert step.lacks(prepared) == f"join the appliance at {FIRST}, with a code"
    with pytest.raises(MachineError, match="gatehouse device code"):
        step.do(prepared)


def test_what_it_was_given_is_put_in_its_place_and_the_code_asked_for_once(prepared: Site) -> None:
    folder = drafted(prepared)
    step = Joined(FIRST, lambda: pytest.fail("asked for a code"))
    step.do(prepared)
    assert not folder.exists()
    for name, path in SECRET.items():
        file = prepared.machine.at(path)
        assert (file.read_text(), file.stat().st_mode & 0o777) == (name, 0o600)
    assert prepared.machine.at(OPEN_TO_ALL["first.pem"]).stat().st_mode & 0o777 == 0o644
    assert step.lacks(prepared) == ""
    assert Joined(FIRST, str, again=True).lacks(prepared)
    made.undo(prepared, step.key, prepared.ledger.facts(step.key))
    assert step.lacks(prepared)


def test_the_code_goes_by_standard_input_and_a_key_that_is_there_stays(
    prepared: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[tuple[str, ...], str]] = []

    def run(*command: str, user: str = "", said: str = "", may_fail: bool = False) -> str:
        asked.append((command, said))
        drafted(prepared)
        return "This box is second of oak.\n"

    monkeypatch.setattr(type(prepared.machine), "run", lambda self, *command, **more: run(*command, **more))
    Joined(FIRST, lambda: "abcd.efgh\n").do(prepared)
    Joined(FIRST, lambda: "ijkl.mnop\n", again=True).do(prepared)
    (first, told), (second, _) = asked
    assert told == "abcd.efgh\n"
    assert "abcd.efgh" not in " ".join(first)
    assert ("--key" in first, "--key" in second) == (False, True)
