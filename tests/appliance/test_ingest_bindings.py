"""A sensor is told who uses which address, by reference, and by its asking is known to be there."""

from datetime import timedelta

from sqlalchemy import select

from appliance.models import Binding, Device, Person
from tests.appliance.factories import NOON
from tests.appliance.ingesting import Appliance


def test_bindings_name_nobody(appliance: Appliance) -> None:
    with appliance.sessions.begin() as session:
        person = session.scalars(select(Person)).first()
        assert person is not None
        row = Binding(
            organisation_id=person.organisation_id,
            person_id=person.id,
            address="192.0.2.7",
            source="address-list",
            since=NOON,
        )
        session.add(row)
    answer = appliance.get("/bindings")
    binding = {
        "address": "192.0.2.7",
        "device": None,
        "person": "p1",
        "role": "pupil",
        "age_band": "unknown",
        "group": "",
        "source": "address-list",
        "since": NOON.isoformat(),
    }
    assert answer.get_json() == {"organisation": "oak", "bindings": [binding]}
    assert appliance.get("/bindings", **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert appliance.get("/bindings", token="elm").get_json() == {"organisation": "elm", "bindings": []}


def test_when_a_sensor_was_last_heard_of_is_known(appliance: Appliance) -> None:
    appliance.get("/bindings")
    appliance.now = NOON + timedelta(minutes=5)
    appliance.get("/library")
    with appliance.sessions() as session:
        seen = session.scalars(select(Device.last_seen_at).order_by(Device.id)).all()
    assert seen == [appliance.now, None]
