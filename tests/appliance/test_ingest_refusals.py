"""Who has no token gets nowhere, and what cannot be read is refused and reported, without its content."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from appliance.models import Capture, Device, Notification, NotificationKind
from detection import wire
from tests.appliance.factories import NOON, envelope, report
from tests.appliance.ingesting import Appliance, sent


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer nobody", "Basic oak", "oak"])
@pytest.mark.parametrize("path", ["/detections", "/library", "/nowhere"])
def test_without_a_token_that_stands_nothing_opens(appliance: Appliance, path: str, header: str | None) -> None:
    answer = appliance.client.post(path, headers={"Authorization": header} if header else {}, data=b"x" * 5 * 2**20)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_revoked_token_opens_nothing(appliance: Appliance) -> None:
    with appliance.sessions.begin() as session:
        for device in session.scalars(select(Device)):
            device.revoked_at = NOON
    assert appliance.post(envelope(report("obs-1"))).status_code == 401


def without(name: str) -> Callable[[], bytes]:
    def payload() -> bytes:
        fields = json.loads(wire.dump(report("obs-1")))
        del fields[name]
        return json.dumps(fields).encode()

    return payload


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (lambda: b"not json", "the payload is not JSON"),
        (lambda: envelope(report(), version=2), "version: only 1 is known"),
        (lambda: envelope(report(), sealed="%%%"), "sealed: cannot be opened"),
        (lambda: envelope(report(), sealed="QUJD"), "sealed: cannot be opened"),
        (lambda: envelope(report(), id="../obs"), "id: must be"),
        (lambda: envelope(report(), id="obs-2"), "id and reported_at: differ"),
        (lambda: envelope(report(), reported_at="2026-03-04T12:00:01+00:00"), "id and reported_at: differ"),
        (lambda: envelope(report(), reported_at="noon"), "reported_at: is not a time"),
        (lambda: envelope(report(), sent_at=datetime.min.replace(tzinfo=UTC)), "sent_at: is in no year"),
        (lambda: envelope(report(seen_at=datetime.fromisoformat("9999-12-31T23:59:59Z"))), "in no year"),
        (lambda: envelope(report(), payload=b"{}"), "version"),
        (lambda: envelope(report(), payload=without("once")()), "once: must be a text"),
        (lambda: envelope(report(), payload=without("evidence")()), "evidence: is missing"),
    ],
)
def test_what_cannot_be_read_is_refused_and_reported_without_content(
    appliance: Appliance, body: Callable[[], Any], reason: str
) -> None:
    answer = appliance.post(body())
    assert answer.status_code == 422
    assert reason in answer.get_data(as_text=True)
    notice = appliance.one(Notification)
    assert notice.kind is NotificationKind.HEALTH
    assert "alone" not in notice.subject + notice.body + answer.get_data(as_text=True)
    assert appliance.count(Capture) == 0


@pytest.mark.parametrize("way", ["POST /detections", "PUT /detections/obs-1/evidence"])
def test_what_broke_off_on_its_way_is_tried_again_and_nobodys_mistake(appliance: Appliance, way: str) -> None:
    method, path = way.split()
    half = json.dumps(envelope(report())).encode()[:500]
    # As gunicorn gives it: a body that ends early, from a sensor that was killed or cut off.
    broken = {"CONTENT_LENGTH": "5000", "wsgi.input_terminated": True}
    answer = appliance.client.open(path, method=method, **sent(half, "oak"), environ_overrides=broken)
    assert answer.status_code == 400
    assert appliance.count(Notification) == 0


def test_a_sensor_is_reported_once_a_day(appliance: Appliance) -> None:
    for hours in (0, 1, 24):
        appliance.now = NOON + timedelta(hours=hours)
        appliance.post(b"not json")
    assert appliance.count(Notification) == 2


def test_a_detection_may_be_four_mebibytes_and_no_more(appliance: Appliance) -> None:
    assert appliance.post(b"x" * 4 * 2**20).status_code == 422
    assert appliance.post(b"x" * (4 * 2**20 + 1)).status_code == 413


def test_what_is_not_on_the_wire_is_not_there(appliance: Appliance) -> None:
    assert appliance.get("/nowhere").status_code == 404
    assert appliance.get("/detections").status_code == 405
