"""System health: sensors, what was read and what was not, and notices. Never a word of content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, func, select

from appliance.devices import AGENT
from appliance.gateways import statuses
from appliance.models import (
    Capture,
    Device,
    DrawState,
    EvidenceState,
    Notification,
    NotificationChannel,
    NotificationKind,
    NotificationState,
    Organisation,
    Reviewer,
)
from appliance.permissions import Action, may, visible_to
from console import access, coverage, db, networks
from console.coverage import Coverage
from console.db import session
from console.devices import count
from console.pulse import Pulse, is_silent, pulse

bp = Blueprint("health", __name__, url_prefix="/health")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensor:
    name: str
    kind: str
    school: str
    last_seen_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    day: int
    week: int


@bp.get("")
def show() -> ResponseReturnValue:
    reviewer = access.reviewer()
    devices, schools = devices_of(reviewer), _schools(reviewer)
    return render_template(
        "health/show.html",
        pulse=pulse_for(reviewer),
        banners=banners(reviewer),
        sensors=[_sensor(d, schools, access.now()) for d in devices if d.kind != AGENT],
        agents=count(devices),
        may_view_devices=may(reviewer, Action.VIEW_DEVICES),
        schools=len(schools),
        gateways=gateways(reviewer),
        networks=networks.of(reviewer),
        records=_records(reviewer),
        zone=reviewer.organisation.time_zone,
    )


@bp.post("/notices/<int:notification_id>/dismiss")
def dismiss(notification_id: int) -> ResponseReturnValue:
    with db.writing() as writing:
        reviewer = writing.get_one(Reviewer, access.reviewer().id)
        wanted = visible_to(reviewer, select(Notification).where(Notification.id == notification_id), Notification)
        notice = writing.scalar(wanted.where(*_BANNER)) or abort(404)
        if not may(reviewer, Action.DISMISS_HEALTH, notice):
            abort(403)
        notice.state = NotificationState.DISMISSED
    flash("The notice was dismissed.", "info")
    return redirect(url_for("health.show"))


_BANNER = (Notification.kind == NotificationKind.HEALTH, Notification.channel == NotificationChannel.BANNER)


def banners(reviewer: Reviewer) -> Sequence[Notification]:
    """What the system has to say of itself and nobody has dismissed, the latest first."""
    standing = select(Notification).where(*_BANNER, Notification.state != NotificationState.DISMISSED)
    return (
        session()
        .scalars(visible_to(reviewer, standing, Notification).order_by(Notification.created_at.desc()).limit(20))
        .all()
    )


def may_dismiss(notice: Notification) -> bool:
    return may(access.reviewer(), Action.DISMISS_HEALTH, notice)


def devices_of(reviewer: Reviewer) -> Sequence[Device]:
    known = visible_to(reviewer, select(Device), Device)
    return session().scalars(known.order_by(Device.revoked_at.is_not(None), Device.name)).all()


def gateways(reviewer: Reviewer) -> list[Coverage]:
    """The box's own, and the second ones of the schools this reviewer may see."""
    own = [coverage.read(file) for file in current_app.extensions["settings"].watch]
    schools = _schools(reviewer)
    seconds = (each for each in statuses.reported(session()) if each.organisation_id in schools)
    return [*own, *(coverage.of(each.name, each.status) for each in seconds)]


def pulse_for(reviewer: Reviewer) -> Pulse:
    return pulse(
        devices_of(reviewer),
        gateways(reviewer),
        len(banners(reviewer)),
        access.now(),
        reviewer.organisation.time_zone,
        networks.dark(networks.of(reviewer).rows),
    )


def _schools(reviewer: Reviewer) -> dict[int, str]:
    known = visible_to(reviewer, select(Organisation.id, Organisation.name), Organisation)
    return dict(session().execute(known).all())


def _sensor(device: Device, schools: dict[int, str], now: datetime) -> Sensor:
    state = "Reporting"
    if device.revoked_at is not None:
        state = "Taken out of use"
    elif device.kind == "replay":
        state = "Replays recordings"
    elif is_silent(device, now):
        state = "Silent"
    return Sensor(
        name=device.name,
        kind=device.kind,
        school=schools.get(device.organisation_id, ""),
        last_seen_at=device.last_seen_at,
        state=state,
    )


def _records(reviewer: Reviewer) -> list[Line]:
    """Numbers alone, which everybody may know who may see this page, whatever else they may not."""
    kinds: tuple[tuple[str, tuple[ColumnElement[bool], ...]], ...] = (
        ("Captures filed", ()),
        ("Pictures drawn", (Capture.draw_state == DrawState.DRAWN,)),
        ("Pictures still to be drawn", (Capture.draw_state.in_((DrawState.WAITING, DrawState.DUE)),)),
        ("Shown as words, no picture possible", (Capture.draw_state == DrawState.FAILED,)),
        ("Recorded page never arrived", (Capture.evidence_state == EvidenceState.GIVEN_UP,)),
    )
    day, week = access.now() - timedelta(days=1), access.now() - timedelta(days=7)
    lines = [Line(label, _count(reviewer, day, which), _count(reviewer, week, which)) for label, which in kinds]
    return [
        *lines,
        Line("Alerts that could not be delivered", _undelivered(reviewer, day), _undelivered(reviewer, week)),
    ]


def _count(reviewer: Reviewer, since: datetime, which: Sequence[ColumnElement[bool]]) -> int:
    schools = visible_to(reviewer, select(Organisation.id), Organisation)
    counted = select(func.count()).select_from(Capture).where(Capture.received_at >= since, *which)
    return session().scalar(counted.where(Capture.organisation_id.in_(schools))) or 0


def _undelivered(reviewer: Reviewer, since: datetime) -> int:
    schools = visible_to(reviewer, select(Organisation.id), Organisation)
    failed = select(func.count()).select_from(Notification).where(Notification.state == NotificationState.FAILED)
    failed = failed.where(Notification.created_at >= since, Notification.organisation_id.in_(schools))
    return session().scalar(failed) or 0
