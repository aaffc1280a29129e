"""Who sees and does what. Every query of the console passes through ``visible_to``, every act through ``may``.

A DSL, deputy or moderator has one school, a trust officer all schools of the trust. What may be about a member of
staff is for the DSL and the trust officer alone. A network manager sees how the system is, and no child.
"""

from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import object_session

from appliance.models import (
    Binding,
    Capture,
    Device,
    Entry,
    EntryText,
    EvidencePart,
    Incident,
    Notification,
    NotificationKind,
    Organisation,
    Person,
    Reviewer,
    ReviewerRole,
)

S = TypeVar("S", bound=Select[*tuple[Any, ...]])
About = Incident | Capture | Entry | Person | Notification | Organisation | Device | Reviewer
STAFF = "staff"


class Action(StrEnum):
    VIEW_INCIDENT = "view-incident"
    SEE_PICTURE = "see-picture"
    GRADE = "grade"
    KEEP = "keep"
    MARK_FALSE_POSITIVE = "mark-false-positive"
    ADD_NOTE = "add-note"
    CLOSE = "close"
    REOPEN = "reopen"
    ERASE_TEXT = "erase-text"
    OPEN_ADDRESS = "open-address"
    """one that is sealed because what is there is illegal"""
    VIEW_PERSON = "view-person"
    """their page and chronology across incidents"""
    VIEW_LIBRARY = "view-library"
    CHANGE_LIBRARY = "change-library"
    VIEW_HEALTH = "view-health"
    DISMISS_HEALTH = "dismiss-health"
    VIEW_DEVICES = "view-devices"
    VIEW_NETWORKS = "view-networks"
    """which of them are read, and why others are not"""
    AGREE_NETWORK = "agree-network"
    """or take it back, or pause it"""
    SIGN_NETWORK = "sign-network"
    """for reading the devices of others"""


_LOOK = {Action.VIEW_INCIDENT, Action.SEE_PICTURE, Action.VIEW_LIBRARY, Action.VIEW_HEALTH}
_MODERATE = _LOOK | {Action.GRADE, Action.KEEP, Action.MARK_FALSE_POSITIVE, Action.ADD_NOTE}
_DECIDE = _MODERATE | {Action.CLOSE, Action.REOPEN, Action.VIEW_PERSON, Action.CHANGE_LIBRARY}
_ANSWER_FOR = _DECIDE | {Action.ERASE_TEXT, Action.OPEN_ADDRESS, Action.DISMISS_HEALTH}
_ANSWER_FOR |= {Action.VIEW_DEVICES, Action.VIEW_NETWORKS, Action.AGREE_NETWORK, Action.SIGN_NETWORK}
_RUN = {Action.VIEW_HEALTH, Action.DISMISS_HEALTH, Action.VIEW_DEVICES, Action.VIEW_LIBRARY, Action.CHANGE_LIBRARY}
_RUN |= {Action.VIEW_NETWORKS, Action.AGREE_NETWORK}

ALLOWED: dict[ReviewerRole, set[Action]] = {
    ReviewerRole.DSL: _ANSWER_FOR,
    ReviewerRole.DEPUTY: _DECIDE,
    ReviewerRole.MODERATOR: _MODERATE,
    ReviewerRole.TRUST_OFFICER: _ANSWER_FOR,
    ReviewerRole.NETWORK_MANAGER: _RUN,
}
_SEES_STAFF = {ReviewerRole.DSL, ReviewerRole.TRUST_OFFICER}
_WHOLE_TRUST = {ReviewerRole.TRUST_OFFICER, ReviewerRole.NETWORK_MANAGER}
"""Where their organisation is a trust; a school has nothing below it."""


def may(reviewer: Reviewer, action: Action, about: About | None = None) -> bool:
    """Whether the role has the action at all and, for a row, whether the row is theirs to act on."""
    if reviewer.disabled_at is not None or action not in ALLOWED[reviewer.role]:
        return False
    return about is None or (_within(reviewer, about) and not _kept_from(reviewer, about))


def visible_to(reviewer: Reviewer, statement: S, model: type[Any]) -> S:
    """``statement`` over ``model``, narrowed to the rows this reviewer may know of. TypeError for an unknown model."""
    if reviewer.disabled_at is not None:
        return statement.where(false())
    return statement.where(_theirs(reviewer, model))


def schools_of(reviewer: Reviewer) -> Select[int]:
    """Ids of the organisations a reviewer works for."""
    own = Organisation.id == reviewer.organisation_id
    below = Organisation.parent_id == reviewer.organisation_id
    return select(Organisation.id).where(or_(own, below) if reviewer.role in _WHOLE_TRUST else own)


def _theirs(reviewer: Reviewer, model: type[Any]) -> ColumnElement[bool]:
    if model is Organisation:
        return Organisation.id.in_(schools_of(reviewer))
    if model in (Device, Reviewer):
        return _in_schools(reviewer, model)
    if model is Notification:
        return and_(_in_schools(reviewer, model), _notifications(reviewer))
    if model not in _CONTENT:
        raise TypeError(f"no rule says who may see {model.__name__}")
    if Action.VIEW_INCIDENT not in ALLOWED[reviewer.role]:
        return false()
    staff = true() if reviewer.role in _SEES_STAFF else _not_about_staff(model)
    return and_(_in_schools(reviewer, model), staff)


_CONTENT = (Incident, Capture, EvidencePart, Entry, EntryText, Person, Binding)


def _in_schools(reviewer: Reviewer, model: type[Any]) -> ColumnElement[bool]:
    return model.organisation_id.in_(schools_of(reviewer))  # type: ignore[no-any-return]


def _notifications(reviewer: Reviewer) -> ColumnElement[bool]:
    health = Notification.kind == NotificationKind.HEALTH
    if Action.VIEW_INCIDENT not in ALLOWED[reviewer.role]:
        return health
    return true() if reviewer.role in _SEES_STAFF else or_(health, _other_than(Notification.incident_id))


def _not_about_staff(model: type[Any]) -> ColumnElement[bool]:
    if model is Incident:
        return Incident.subject_role != STAFF
    if model is Person:
        return Person.role != STAFF
    if model is Binding:
        return Binding.person_id.not_in(_staff())
    if model is Capture:
        return Capture.incident_id.not_in(_incidents_about_staff())
    if model is Entry:
        return and_(_other_than(Entry.incident_id), or_(Entry.person_id.is_(None), Entry.person_id.not_in(_staff())))
    if model is EvidencePart:
        return EvidencePart.capture.has(Capture.incident_id.not_in(_incidents_about_staff()))
    entries = select(Entry.sequence).where(Entry.organisation_id == EntryText.organisation_id)
    return EntryText.sequence.in_(entries.where(_not_about_staff(Entry)))


def _other_than(incident_id: Any) -> ColumnElement[bool]:
    return or_(incident_id.is_(None), incident_id.not_in(_incidents_about_staff()))


def _incidents_about_staff() -> Select[int]:
    return select(Incident.id).where(Incident.subject_role == STAFF)


def _staff() -> Select[int]:
    return select(Person.id).where(Person.role == STAFF)


def _within(reviewer: Reviewer, about: About) -> bool:
    organisation_id = about.id if isinstance(about, Organisation) else about.organisation_id
    if organisation_id == reviewer.organisation_id:
        return True
    session = object_session(about)
    return (
        session is not None
        and session.scalar(schools_of(reviewer).where(Organisation.id == organisation_id)) is not None
    )


def _kept_from(reviewer: Reviewer, about: About) -> bool:
    """Whether this is about staff and not for this reviewer, or about a child and not for this role."""
    if isinstance(about, Notification) and about.kind == NotificationKind.HEALTH:
        return False
    if isinstance(about, Organisation | Device | Reviewer):
        return False
    if Action.VIEW_INCIDENT not in ALLOWED[reviewer.role]:
        return True
    return reviewer.role not in _SEES_STAFF and _about_staff(about)


def _about_staff(about: Incident | Capture | Entry | Person | Notification) -> bool:
    if isinstance(about, Person):
        return about.role == STAFF
    if isinstance(about, Incident):
        return about.subject_role == STAFF
    if isinstance(about, Capture):
        return about.incident.subject_role == STAFF
    session = object_session(about)
    incident = session.get(Incident, about.incident_id) if session and about.incident_id else None
    person = session.get(Person, about.person_id) if session and isinstance(about, Entry) and about.person_id else None
    return STAFF in (incident and incident.subject_role, person and person.role)
