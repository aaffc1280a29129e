"""Two schools with one incident for every state the console's pages can be in."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from appliance.agents import policies
from appliance.entry_kinds import EntryKind
from appliance.models import (
    AgentCertificate,
    AgentEvent,
    Device,
    DrawState,
    Organisation,
    Outcome,
    ReviewerRole,
    Status,
)
from tests.appliance.agents.rows import status
from tests.console.factories import NOW, TEXT, School, a_match, an_opinion

DSL, OFFICER, MANAGER, NEWCOMER, NEIGHBOUR = "dsl", "officer", "manager", "newcomer", "neighbour"
LONG = "It was a long afternoon and nothing much happened. " * 60 + TEXT + " So the day went by." * 60
HIDDEN = "The words are in this page but not visible in it."
STATUS = {
    "version": 1,
    "at": NOW.isoformat(),
    "since": (NOW - timedelta(hours=7)).isoformat(),
    "flows": 12_000,
    "bytes": 34_567_890,
    "unread": {"timeout": 3, "refused": 7},
    "bypassed": {"helpline": 4},
    "faults": {},
    "sensor": {"running": True, "reported": 9, "waiting": 0, "outbox_error": "", "delivery_error": ""},
}


def fill(school: School) -> Mapping[str, int]:
    """The numbers of the incidents by what is particular about them, of one person and of a passkey."""
    key = school.passkey(school.reviewer(DSL))
    for login, role in ((NEWCOMER, ReviewerRole.DEPUTY), (MANAGER, "network-manager")):
        school.reviewer(login, ReviewerRole(role), must_change_password=login == NEWCOMER)
    school.reviewer(OFFICER, ReviewerRole.TRUST_OFFICER, organisation_id=school.trust)
    school.reviewer(NEIGHBOUR, organisation_id=school.elsewhere)
    school.device("hall")
    school.device("old-laptop", kind="agent", revoked_at=NOW, last_seen_at=None)
    laptops(school)
    school.device("far-gateway", organisation_id=school.elsewhere, last_seen_at=NOW - timedelta(hours=3))
    school.banner(organisation_id=school.elsewhere)
    (school.folder / "gateway.json").write_text(json.dumps(STATUS))
    robin = school.person("Robin Ashworth")
    return {"robin": robin, "key": key, **_waiting(school, robin), **_done(school)}


def laptops(school: School) -> None:
    """Two with the agent: one that is well, and one with something wrong."""
    with school.sessions.begin() as session:
        oak = session.get_one(Organisation, school.here)
        policy = policies.in_force(session, oak)["version"]
        for name, off in (("lab-07", 0.0), ("lab-08", 7200.0)):
            made = Device(organisation_id=oak.id, name=name, kind="agent", token_sha256=None, created_at=NOW)
            made.agent_version, made.system = "1.0", "Linux 6.1.0"
            session.add(made)
            session.flush()
            session.add(
                AgentCertificate(
                    serial=name, organisation_id=oak.id, device_id=made.id, issued_at=NOW,
                    ends_at=NOW + timedelta(days=365),
                )
            )  # fmt: skip
            status(session, made, NOW - timedelta(minutes=1), clock_off=off, policy_version=policy)
        ended = NOW - timedelta(hours=2) + timedelta(seconds=4)
        session.add(
            AgentEvent(
                device_id=made.id, said_id="e1", organisation_id=oak.id, kind="killed", at=NOW - timedelta(hours=2),
                until=ended,
            )
        )  # fmt: skip


def _waiting(school: School, robin: int) -> dict[str, int]:
    late = {"draw_state": DrawState.FAILED, "picture": None, "evidence_note": "The app is not a web page."}
    made = {
        "drawn": _one(school, robin, severity=5, before=_before(), marks=["deleted"], opinion=an_opinion()),
        "drawn with a note": _one(school, robin, draw_note=HIDDEN, opinion=an_opinion("lowered", probability=0.02)),
        "drawn and long": _one(school, robin, text=LONG, matches=[a_match(LONG, "if i was gone")], location=_far()),
        "words alone": _one(school, robin, severity=3, text=LONG, matches=[a_match(LONG, "if i was gone")], **late),
        "awaited": _one(school, robin, severity=2, picture=None, draw_state=DrawState.WAITING, **_opinion_alone()),
        "being drawn": _one(school, robin, severity=1, picture=None, draw_state=DrawState.DUE),
        "perhaps": _one(school, None, subject={"people": ["p1", "p2"], "device": "laptop-7"}),
        "nobody known": _one(school, None, subject={"people": [], "address": "10.0.0.7"}, author="night owl"),
        "several captures": school.incident(robin, captures=3, category="bullying"),
        "emptied": school.incident(robin, captures=0, severity=1),
    }
    school.capture(made["several captures"], duplicate_of="another")
    return made


def _done(school: School) -> dict[str, int]:
    sam = school.person("Sam Oak")
    closed = {"status": Status.CLOSED, "outcome": Outcome.REFERRED, "closed_at": NOW}
    made = {
        "kept": school.incident(sam, status=Status.IN_REVIEW, graded_at=NOW),
        "closed": school.incident(sam, **closed),
        "false": school.incident(sam, status=Status.FALSE_POSITIVE, closed_at=NOW),
    }
    for _ in range(55):
        school.incident(sam, captures=0, status=Status.CLOSED, outcome=Outcome.SUPPORTED, closed_at=NOW)
    school.entry(made["closed"], EntryKind.NOTED, "Spoke with Sam and with the head of year.", "reviewer:dsl", 2)
    school.entry(made["closed"], EntryKind.CLOSED, "Outcome: referred.", "reviewer:dsl", 2)
    return made


def _one(school: School, person: int | None, severity: int = 4, **capture: Any) -> int:
    incident = school.incident(person, captures=0, severity=severity)
    school.capture(incident, person_id=person, severity=severity, **capture)
    return incident


def _before() -> list[dict[str, str]]:
    said = (("search", "written", "how to feel better"), ("page", "shown", "Ten ways to sleep"))
    return [
        {
            "seen_at": (NOW - timedelta(minutes=34)).isoformat(),
            "channel": channel,
            "direction": direction,
            "app": "finder.example",
            "text": text,
        }
        for channel, direction, text in said
    ]


def _opinion_alone() -> dict[str, Any]:
    """What no phrase matches, and a passage without a place to break."""
    passage = "so-alone-" * 33
    return {"opinion": an_opinion("raised", passage=passage), "matches": [a_match(TEXT, TEXT, phrase="model.suicide")]}


def _far() -> str:
    return "https://e.example/" + "q" * 700
