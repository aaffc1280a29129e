"""Role by action, school by school, and what is about staff: nobody sees or does more than their part."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import (
    Capture,
    Device,
    Entry,
    EntryText,
    Incident,
    Notification,
    NotificationChannel,
    NotificationKind,
    Organisation,
    Person,
    Reviewer,
    ReviewerRole,
    SignIn,
)
from appliance.permissions import Action, may, visible_to
from tests.appliance import factories
from tests.appliance.factories import NOON

DSL, DEPUTY, MODERATOR, OFFICER, NETWORK = ReviewerRole
MATRIX = {
    Action.VIEW_INCIDENT: {DSL, DEPUTY, MODERATOR, OFFICER},
    Action.SEE_PICTURE: {DSL, DEPUTY, MODERATOR, OFFICER},
    Action.GRADE: {DSL, DEPUTY, MODERATOR, OFFICER},
    Action.KEEP: {DSL, DEPUTY, MODERATOR, OFFICER},
    Action.MARK_FALSE_POSITIVE: {DSL, DEPUTY, MODERATOR, OFFICER},
    Action.ADD_NOTE: {DSL, DEPUTY, MODERATOR, OFFICER},
    Action.CLOSE: {DSL, DEPUTY, OFFICER},
    Action.REOPEN: {DSL, DEPUTY, OFFICER},
    Action.ERASE_TEXT: {DSL, OFFICER},
    Action.OPEN_ADDRESS: {DSL, OFFICER},
    Action.VIEW_PERSON: {DSL, DEPUTY, OFFICER},
    Action.VIEW_LIBRARY: {DSL, DEPUTY, MODERATOR, OFFICER, NETWORK},
    Action.CHANGE_LIBRARY: {DSL, DEPUTY, OFFICER, NETWORK},
    Action.VIEW_HEALTH: {DSL, DEPUTY, MODERATOR, OFFICER, NETWORK},
    Action.DISMISS_HEALTH: {DSL, OFFICER, NETWORK},
    Action.VIEW_DEVICES: {DSL, OFFICER, NETWORK},
    Action.VIEW_NETWORKS: {DSL, OFFICER, NETWORK},
    Action.AGREE_NETWORK: {DSL, OFFICER, NETWORK},
    Action.SIGN_NETWORK: {DSL, OFFICER},
}
ABOUT_CHILDREN = (Incident, Capture, Entry, EntryText, Person)


@dataclass
class Trust:
    """Oak and Elm belong to Forest; Ash belongs to nobody. Each has a pupil and a member of staff with an incident."""

    session: Session
    schools: dict[str, Organisation]

    def reviewer(self, role: ReviewerRole, of: str = "oak") -> Reviewer:
        return factories.reviewer(self.session, self.schools[of], role)

    def allowed(self, reviewer: Reviewer, of: str = "", about: str = "") -> set[Action]:
        incident = self.one(Incident, of, about) if of else None
        return {action for action in Action if may(reviewer, action, incident)}

    def one(self, model: type[Any], of: str, about: str) -> Any:
        rows = self.session.scalars(select(model).where(model.organisation_id == self.schools[of].id))
        return next(row for row in rows if about in _about(row))

    def seen(self, reviewer: Reviewer, model: type[Any]) -> set[tuple[str, str]]:
        rows = self.session.scalars(visible_to(reviewer, select(model), model))
        slugs = {school.id: slug for slug, school in self.schools.items()}
        return {(slugs[row.organisation_id], _about(row)) for row in rows}


def _about(row: Any) -> str:
    if isinstance(row, Person):
        return row.role
    if isinstance(row, Incident):
        return row.subject_role
    if isinstance(row, Entry):
        return row.text.text if row.text else ""
    text: str = row.text
    return text


@pytest.fixture
def trust(session: Session) -> Trust:
    forest = factories.trust(session, "forest")
    schools = {
        "oak": factories.school(session, "oak", trust=forest),
        "elm": factories.school(session, "elm", trust=forest),
        "ash": factories.school(session, "ash"),
    }
    for slug, school in schools.items():
        device = factories.device(session, school, token=slug)
        for role in ("pupil", "staff"):
            person = factories.person(session, school, ref=f"{slug}-{role}", role=role)
            incident = factories.incident(session, school, person)
            factories.capture(session, incident, device, id=f"{slug}-{role}", text=role)
            factories.entry(session, school, role, incident_id=incident.id)
    return Trust(session, schools | {"forest": forest})


@pytest.mark.parametrize("role", ReviewerRole)
def test_each_role_does_its_part_and_no_more(trust: Trust, role: ReviewerRole) -> None:
    part = {action for action, roles in MATRIX.items() if role in roles}
    reviewer = trust.reviewer(role)
    assert trust.allowed(reviewer) == part
    assert trust.allowed(reviewer, "oak", "pupil") == (set() if role == NETWORK else part)


@pytest.mark.parametrize("role", ReviewerRole)
@pytest.mark.parametrize("model", [Incident, Capture, Entry, Person])
def test_what_is_about_staff_is_for_the_dsl_and_the_trust(trust: Trust, role: ReviewerRole, model: type[Any]) -> None:
    row = trust.one(model, "oak", "staff")
    assert may(trust.reviewer(role), Action.VIEW_INCIDENT, row) == (role in {DSL, OFFICER})


@pytest.mark.parametrize("role", ReviewerRole)
def test_nobody_touches_another_school(trust: Trust, role: ReviewerRole) -> None:
    assert trust.allowed(trust.reviewer(role), "elm", "pupil") == set()
    assert trust.allowed(trust.reviewer(role, "forest"), "ash", "pupil") == set()


def test_the_trust_officer_has_every_school_of_the_trust(trust: Trust) -> None:
    officer = trust.reviewer(OFFICER, "forest")
    assert may(officer, Action.CLOSE, trust.one(Incident, "elm", "staff"))


@pytest.mark.parametrize("model", ABOUT_CHILDREN)
def test_queries_show_each_reviewer_their_rows(trust: Trust, model: type[Any]) -> None:
    oak = {("oak", "pupil"), ("oak", "staff")}
    assert trust.seen(trust.reviewer(DSL), model) == oak
    assert trust.seen(trust.reviewer(DEPUTY), model) == {("oak", "pupil")}
    assert trust.seen(trust.reviewer(MODERATOR), model) == {("oak", "pupil")}
    assert trust.seen(trust.reviewer(OFFICER, "forest"), model) == oak | {("elm", "pupil"), ("elm", "staff")}
    assert trust.seen(trust.reviewer(NETWORK), model) == set()
    assert trust.seen(trust.reviewer(NETWORK, "forest"), model) == set()


def test_an_entry_about_a_member_of_staff_without_incident_is_kept_from_deputies(trust: Trust) -> None:
    staff = trust.one(Person, "oak", "staff")
    factories.entry(trust.session, trust.schools["oak"], "looked", person_id=staff.id)
    assert ("oak", "looked") not in trust.seen(trust.reviewer(DEPUTY), Entry)
    assert ("oak", "looked") in trust.seen(trust.reviewer(DSL), Entry)


def test_the_network_manager_is_told_of_health_and_nothing_else(trust: Trust) -> None:
    oak = trust.schools["oak"]
    for kind, key in ((NotificationKind.HEALTH, "gateway"), (NotificationKind.INCIDENT, "incident")):
        row = Notification(
            organisation_id=oak.id,
            key=key,
            kind=kind,
            channel=NotificationChannel.BANNER,
            subject="",
            body="",
            next_at=NOON,
            created_at=NOON,
            incident_id=None if kind is NotificationKind.HEALTH else trust.one(Incident, "oak", "staff").id,
        )
        trust.session.add(row)
    trust.session.flush()

    def told(role: ReviewerRole) -> set[str]:
        wanted = visible_to(trust.reviewer(role), select(Notification), Notification)
        return {row.key for row in trust.session.scalars(wanted)}

    assert told(NETWORK) == {"gateway"}
    assert told(DEPUTY) == {"gateway"}
    assert told(DSL) == {"gateway", "incident"}


def test_devices_and_schools_stay_within_the_trust(trust: Trust) -> None:
    network = trust.reviewer(NETWORK, "forest")
    devices = trust.session.scalars(visible_to(network, select(Device), Device)).all()
    schools = trust.session.scalars(visible_to(network, select(Organisation), Organisation)).all()
    assert len(devices) == 2
    assert {s.slug for s in schools} == {"forest", "oak", "elm"}


def test_a_disabled_reviewer_sees_and_does_nothing(trust: Trust) -> None:
    dsl = trust.reviewer(DSL)
    dsl.disabled_at = NOON
    assert not may(dsl, Action.VIEW_INCIDENT)
    assert trust.seen(dsl, Incident) == set()


def test_a_table_without_a_rule_is_shown_to_nobody(trust: Trust) -> None:
    with pytest.raises(TypeError, match="SignIn"):
        visible_to(trust.reviewer(DSL), select(SignIn), SignIn)
