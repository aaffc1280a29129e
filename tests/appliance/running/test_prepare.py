import stat
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance import devices, reviewers
from appliance.models import Base, Binding, Device, Organisation, Person, Reviewer
from appliance.running.closing import LOGIN
from appliance.running.places import Places
from appliance.running.prepare import prepare
from appliance.sample.day import load_day
from detection import library_keys
from tests.appliance.factories import NOON


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path / "var")
    places.make()
    return places


def count(session: Session, row: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(row)) or 0


def test_the_first_start_makes_all_that_is_needed(places: Places) -> None:
    sessions = prepare(places, NOON)
    with sessions() as session:
        assert count(session, Person) == count(session, Binding) == len(load_day().people)
        sensors = [devices.of_token(session, file.read_text()) for file in (places.gateway_token, places.replay_token)]
        assert [sensor and sensor.kind for sensor in sensors] == ["gateway", "replay"]
        account = session.scalars(select(Reviewer)).one()
        assert reviewers.check_password(account, places.first_password.read_text().strip())
        assert account.must_change_password
    tokens = places.gateway_token, places.replay_token
    secret = (
        *(places.private_key, places.library_private_key, places.console_secret),
        *(*tokens, places.first_password),
    )
    assert {stat.S_IMODE(file.stat().st_mode) for file in secret} == {0o600}
    sessions.kw["bind"].dispose()


def test_the_second_start_changes_nothing(places: Places) -> None:
    prepare(places, NOON).kw["bind"].dispose()
    tokens = places.gateway_token, places.replay_token
    kept = (
        *(places.private_key, places.public_key, places.library_private_key, places.library_public_key),
        *(places.console_secret, *tokens, places.first_password),
    )
    before = [file.read_bytes() for file in kept]
    sessions = prepare(places, NOON)
    assert [file.read_bytes() for file in kept] == before
    with sessions() as session:
        rows = [count(session, row) for row in (Organisation, Device, Reviewer)]
        assert (rows, count(session, Person)) == ([1, 2, 1], len(load_day().people))
    sessions.kw["bind"].dispose()


@pytest.mark.parametrize("lost", ["gateway_token", "replay_token", "first_password", "console_secret"])
def test_what_was_lost_is_made_again(places: Places, lost: str) -> None:
    prepare(places, NOON).kw["bind"].dispose()
    file: Path = getattr(places, lost)
    before = file.read_text()
    file.unlink()
    sessions = prepare(places, NOON)
    assert file.read_text() != before
    with sessions() as session:
        assert devices.of_token(session, places.gateway_token.read_text())
        assert devices.of_token(session, places.replay_token.read_text())
        account = session.scalars(select(Reviewer)).one()
        assert reviewers.check_password(account, places.first_password.read_text().strip())
    sessions.kw["bind"].dispose()


def test_a_token_the_store_does_not_know_is_replaced(places: Places) -> None:
    places.gateway_token.write_text("from another store")
    sessions = prepare(places, NOON)
    with sessions() as session:
        assert devices.of_token(session, places.gateway_token.read_text())
    sessions.kw["bind"].dispose()


def test_the_first_password_goes_once_another_was_chosen(places: Places) -> None:
    sessions = prepare(places, NOON)
    with sessions.begin() as session:
        account = session.scalars(select(Reviewer).where(Reviewer.login == LOGIN)).one()
        reviewers.set_password(account, "an entirely different one")
    sessions.kw["bind"].dispose()
    prepare(places, NOON).kw["bind"].dispose()
    assert not places.first_password.exists()


def test_an_installation_from_before_libraries_were_signed_gets_its_key(places: Places) -> None:
    prepare(places, NOON).kw["bind"].dispose()
    sealing = places.private_key.read_bytes()
    places.library_private_key.unlink()
    prepare(places, NOON).kw["bind"].dispose()
    assert library_keys.read_private(places.library_private_key).verify_key == library_keys.read_public(
        places.library_public_key
    )
    assert places.private_key.read_bytes() == sealing
