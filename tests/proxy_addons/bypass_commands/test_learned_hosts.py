"""What devices refuse, decided by a person while the gateway's file is in use."""

import os
from datetime import timedelta

import pytest

from proxy_addons.refusal_store import AUTOMATIC, DENIED, Event, Pass, RefusalStore
from tests.proxy_addons.bypass_commands.conftest import NOW, WHY

KIND = "13-h2-16-15-aa-bb"


@pytest.fixture
def refused(tmp_path):
    def refuse(host="app.test", kind=KIND, devices=3):
        events = [Event("browser", "forum.test", f"10.0.0.{n}", True) for n in range(devices)]
        events += [Event(kind, host, f"10.0.0.{n}", False) for n in range(devices) for _ in range(2)]
        with RefusalStore.open(tmp_path / "state" / "refusals.db") as store:
            store.add(events, NOW)

    (tmp_path / "state").mkdir()
    return refuse


def passes(tmp_path):
    with RefusalStore.open(tmp_path / "state" / "refusals.db") as store:
        return {(each.host, each.client): (each.state, each.by, each.until) for each in store.passes()}


def test_a_proposal_is_shown_and_confirmed_with_who_why_and_until_when(gatehouse, refused, tmp_path):
    refused()
    assert "app.test: proposed" in gatehouse("proposals")[1]
    status, said, _ = gatehouse("confirm", "App.test", *WHY, "--until", "2027-07-31")
    assert (status, "passes unread" in said) == (0, True)
    end = NOW.replace(month=8, day=1, year=2027, hour=0)
    assert passes(tmp_path) == {("app.test", KIND): ("confirmed", "m.hughes", end)}
    shown = gatehouse("proposals")[1]
    assert "app.test: passes, confirmed" in shown
    assert "Asked for." in shown
    assert '"act": "confirm"' in (tmp_path / "lists" / "changes.log").read_text()


def test_what_is_refused_is_proposed_no_more(gatehouse, refused, tmp_path):
    refused()
    gatehouse("refuse", "app.test", *WHY)
    assert passes(tmp_path)[("app.test", KIND)] == ("denied", "m.hughes", None)
    assert "a person has refused it" in gatehouse("proposals")[1]


def test_a_pass_that_is_decided_on_keeps_the_day_it_began(gatehouse, refused, tmp_path):
    """So that who is quick to refuse or confirm gives nobody more hosts that day."""
    refused()
    began = NOW - timedelta(hours=3)
    with RefusalStore.open(tmp_path / "state" / "refusals.db") as store:
        store.put(Pass(client=KIND, host="app.test", state=AUTOMATIC, since=began, until=None))
    gatehouse("refuse", "app.test", *WHY)
    with RefusalStore.open(tmp_path / "state" / "refusals.db") as store:
        assert [(each.state, each.since) for each in store.passes()] == [(DENIED, began)]


def test_where_people_talk_a_person_must_mean_it(gatehouse, refused, tmp_path):
    refused("web.whatsapp.com")
    status, _, said = gatehouse("confirm", "web.whatsapp.com", *WHY)
    assert (status, "--even-so" in said, passes(tmp_path)) == (2, True, {})
    assert gatehouse("confirm", "web.whatsapp.com", *WHY, "--even-so")[0] == 0


def test_one_of_two_kinds_of_clients_may_be_chosen(gatehouse, refused, tmp_path):
    refused()
    refused(kind="other")
    assert "neither passes nor is proposed" in gatehouse("confirm", "app.test", *WHY, "--client", "third")[2]
    gatehouse("confirm", "app.test", *WHY, "--client", "other")
    assert set(passes(tmp_path)) == {("app.test", "other")}


def test_nothing_to_decide_is_said(gatehouse, refused):
    assert "No app has refused" in gatehouse("proposals")[1]
    status, _, said = gatehouse("confirm", "app.test", *WHY)
    assert (status, "neither passes nor is proposed" in said) == (2, True)


@pytest.mark.skipif(os.getuid() != 0, reason="needs another user")
def test_root_leaves_the_gateways_file_the_gateways(gatehouse, refused, tmp_path):
    refused()
    file = tmp_path / "state" / "refusals.db"
    os.chown(file, 65534, 65534)
    with RefusalStore.open(file) as store:
        store.forget(NOW + timedelta(seconds=1))
        assert {each.stat().st_uid for each in file.parent.glob("refusals.db*")} == {65534}


def test_a_broken_file_is_said_in_one_line(gatehouse, refused, tmp_path):
    (tmp_path / "state" / "refusals.db").write_text("nonsense" * 999)
    status, _, said = gatehouse("proposals")
    assert (status, "refusals.db: cannot be read" in said) == (2, True)
