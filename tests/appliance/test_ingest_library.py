"""A sensor is given its school's library, signed, and once for each version."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from appliance import ingest, library_layers, library_releases
from appliance.models import Device, LibraryAct, LibraryChange, LibraryRelease, Organisation
from detection.layers import Change, Ignore
from detection.library_bundle import verify
from detection.sealing import Opener
from tests.appliance.factories import NOON, PRIVATE_KEY
from tests.appliance.ingesting import PRESS, Appliance, started


def test_the_library_in_force_is_given_signed_and_once_for_each_version(appliance: Appliance) -> None:
    answer = appliance.get("/library")
    bundle = verify(answer.data, PRESS.key.verify_key)
    assert (bundle.library.version, bundle.serial) == (PRESS.shipped.version, 1)
    assert answer.headers["ETag"] == f'"1-{PRESS.shipped.version}"'
    known = {"If-None-Match": answer.headers["ETag"]}
    assert appliance.get("/library", **known).status_code == 304
    with appliance.sessions.begin() as session:
        oak = session.scalars(select(Organisation).where(Organisation.slug == "oak")).one()
        change = Change(act=Ignore(PRESS.shipped.phrases[0].id), by="Jo Bell", at=NOON, why="asked for")
        library_layers.record(session, oak, change, PRESS.shipped)
        library_releases.release(session, oak, PRESS, by="Jo Bell", note="asked for", now=NOON)
    again = verify(appliance.get("/library", **known).data, PRESS.key.verify_key, in_force=1)
    assert len(again.library.phrases) == 1
    assert appliance.get("/library", token="elm", **known).status_code == 304


def test_what_differs_for_a_group_reaches_a_sensor_that_has_the_schools_library(appliance: Appliance) -> None:
    known = {"If-None-Match": appliance.get("/library").headers["ETag"]}
    with appliance.sessions.begin() as session:
        oak = session.scalars(select(Organisation).where(Organisation.slug == "oak")).one()
        act = Ignore(PRESS.shipped.phrases[0].id)
        change = Change(act=act, by="jo", at=NOON, why="asked for", group="Year 12")
        library_layers.record(session, oak, change, PRESS.shipped)
        library_releases.release(session, oak, PRESS, by="jo", note="asked for", now=NOON)
    again = appliance.get("/library", **known)
    assert list(verify(again.data, PRESS.key.verify_key).groups) == ["Year 12"]
    assert appliance.get("/library", **{"If-None-Match": again.headers["ETag"]}).status_code == 304
    knows_no_groups = {"If-None-Match": f'"{PRESS.shipped.version}"'}
    assert appliance.get("/library", **knows_no_groups).status_code == 304


def test_sensors_that_ask_for_their_first_library_at_once_make_one_release(every_url: str, tmp_path: Path) -> None:
    appliance = started(every_url, tmp_path)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(appliance.get, ["/library"] * 8))
    assert {answer.status_code for answer in answers} == {200}
    assert appliance.one(LibraryRelease).serial == 1
    appliance.sessions.kw["bind"].dispose()


def test_where_nothing_is_signed_there_is_no_library(appliance: Appliance) -> None:
    app = ingest.create_ingest(appliance.sessions, Opener(PRIVATE_KEY), appliance.vault, lambda: NOON)
    assert app.test_client().get("/library", headers={"Authorization": "Bearer oak"}).status_code == 404


def test_a_change_that_no_longer_can_be_read_keeps_the_library_back_and_says_so(
    appliance: Appliance, caplog: pytest.LogCaptureFixture
) -> None:
    with appliance.sessions.begin() as session:
        device = session.scalars(select(Device).order_by(Device.id)).first()
        assert device is not None
        row = LibraryChange(
            organisation_id=device.organisation_id,
            kind=LibraryAct.ADD,
            payload={},
            by="x",
            why="x",
            at=NOON,
            agreed_at=NOON,
        )
        session.add(row)
    assert appliance.get("/library").status_code == 503
    assert "its library cannot be built" in caplog.text
