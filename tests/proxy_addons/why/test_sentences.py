from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from detection.unopened.entry import Entry
from detection.unopened.layers import Decision, Layer, load_layers
from proxy_addons.learning import Proposal
from proxy_addons.refusal_judgement import Why
from proxy_addons.refusal_store import AUTOMATIC, CONFIRMED, DENIED, Pass, Refused
from proxy_addons.upstream.recent import mark
from proxy_addons.why.firewall import NetworkNow
from proxy_addons.why.sentences import Client, Known, sentences

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
KIND = "13-h2-16-15-aa-bb"
KNOWN = Known(
    host="app.test", decision=None, passes=(), proposals=(), refused=(), status={"at": NOW.isoformat(), "disagreed": 3}
)
DEVICE = Client(
    address="10.20.0.7",
    accepts=True,
    kinds=frozenset(),
    names_only=False,
    undecryptable="pass",
    network=NetworkNow("pupils", True, False, None),
)
PASS = Pass(client=KIND, host="app.test", state=AUTOMATIC, since=NOW, until=NOW + timedelta(days=30))


def said(**what):
    return "\n".join(sentences(replace(KNOWN, **what), NOW))


def test_a_host_nobody_says_anything_of_is_opened_and_read():
    assert said() == "No list says anything of app.test: it is opened and read, unless it says otherwise below."


def test_a_list_is_named_with_ground_person_and_term():
    entry = Entry(
        domain="test",
        reason="union",
        why="Staff matters.",
        source="Their page.",
        by="m.hughes",
        at=date(2027, 1, 5),
        until=date(2027, 7, 31),
    )
    text = said(decision=Decision(Layer.TRUST, entry))
    for words in ("left closed", "the trust's list, entry test, reason “union”", "Staff matters.", "Their page."):
        assert words in text
    assert "Entered by m.hughes on 2027-01-05, until 2027-07-31." in text
    assert "gatehouse bypass add test --opened" in text
    assert "happened 3 times" in text
    opened = said(decision=Decision(Layer.SCHOOL, replace(entry, opened=True)))
    assert "opened and read. That is the decision of the school's list" in opened
    assert "--opened" not in opened


def test_of_what_is_sealed_it_says_that_no_list_opens_it():
    text = said(host="www.nhs.uk", decision=load_layers().decision("www.nhs.uk"))
    assert "No list opens it" in text
    assert "--opened" not in text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (AUTOMATIC, "until 2027-02-11, since several devices' refused to be read. Nobody has confirmed that"),
        (CONFIRMED, "confirmed by m.hughes. Homework."),
        (DENIED, "It is read for clients of kind"),
    ],
)
def test_what_was_learned_is_told_with_who_confirmed_it(state, words):
    text = said(passes=(replace(PASS, state=state, by="m.hughes", why="Homework."),))
    assert words in text
    assert KIND in text


def test_refusals_are_told_by_kind_of_client_and_why_they_only_propose():
    refused = Refused(KIND, "web.whatsapp.com", 4, 9)
    text = said(host="web.whatsapp.com", refused=(refused,), proposals=(Proposal(refused, Why.SPOKEN),))
    assert "9 times within seven days, 4 devices at least twice; it is proposed: people search, chat" in text
    assert "It is a messenger, so it never passes by itself." in text


def test_of_a_device_only_what_kinds_of_clients_it_has_is_told():
    refused = (Refused(KIND, "app.test", 2, 5),)
    text = said(refused=refused, client=replace(DEVICE, kinds=frozenset({KIND})))
    assert "also seen at that device" in text
    assert "also seen" not in said(refused=refused, client=DEVICE)


@pytest.mark.parametrize(
    ("client", "words"),
    [
        ({"network": NetworkNow("pupils", True, False, 90)}, "at pupils is paused, for 90 more seconds"),
        ({"names_only": True}, "In the network of 10.20.0.7 nothing is opened"),
        ({"network": NetworkNow("byod", False, True, None)}, "only names are counted"),
        ({"network": NetworkNow("pupils", False, False, None)}, "Reading has not been agreed"),
        ({"undecryptable": "block"}, "is blocked"),
        ({"accepts": False}, "it lacks the school's root"),
    ],
)
def test_what_holds_for_the_clients_network_or_device_is_told(client, words):
    assert words in said(client=replace(DEVICE, **client))
    assert words not in said(client=DEVICE)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ({}, "has written no status"),
        ({"at": (NOW - timedelta(hours=1)).isoformat()}, "is of 2027-01-12 08:00 UTC: it does not run"),
        (
            {"at": NOW.isoformat(), "bypass_problem": "school.toml: is not TOML."},
            "A list cannot be taken up: school.toml",
        ),
        ({"at": NOW.isoformat(), "bad_certificates": {mark("app.test"): "expired"}}, "own certificate has expired"),
    ],
)
def test_what_the_workers_say_is_told(status, words):
    assert words in said(status=status)
