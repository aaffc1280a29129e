"""Keys, a school, its people, a sensor's token and the first account: made where they are missing, kept where not."""

import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import devices, organisations, people, people_file, reviewers, store
from appliance.models import Organisation, Reviewer, ReviewerRole
from appliance.running.closing import LOGIN
from appliance.running.places import Places
from appliance.running.settings_files import SCHOOL
from appliance.sample.day import people_csv
from detection import library_keys, sealing
from detection.private_file import replace_privately

GATEWAY, REPLAY = "gateway", "replay"


def prepare(places: Places, now: datetime) -> sessionmaker[Session]:
    """Safe to repeat, and to take up where an earlier start was interrupted. PeopleFileError, StoreError, OSError."""
    _make_keys(places)
    store.migrate(places.database)
    sessions = store.sessions(places.database)
    with sessions.begin() as session:
        school = organisations.find(session, SCHOOL) or _new_school(session, places, now)
        for name, kind, token_file in _sensors(places):
            _give_token(session, school, name, kind, token_file, now)
        _first_account(session, school, places, now)
    return sessions


def _make_keys(places: Places) -> None:
    pairs = (
        (places.private_key, places.public_key, sealing.new_key),
        (places.library_private_key, places.library_public_key, library_keys.new_key),
    )
    for private, public, new_key in pairs:
        if not private.exists():
            # A public half without its private one is left from a start that was interrupted.
            public.unlink(missing_ok=True)
            new_key(private, public)
    if not places.console_secret.exists():
        replace_privately(places.console_secret, secrets.token_urlsafe(48).encode())


def _new_school(session: Session, places: Places, now: datetime) -> Organisation:
    school = organisations.add(session, SCHOOL)
    list_file = places.folder / "people.csv"
    replace_privately(list_file, people_csv().encode())
    rows, bad = people_file.read(list_file, school.slug)
    if bad:
        raise people_file.PeopleFileError(f"{list_file}, line {bad[0].line}: {bad[0].reason}")
    people.import_rows(session, school, rows, now, people.Tally())
    return school


def _sensors(places: Places) -> tuple[tuple[str, str, Path], ...]:
    """Name, kind, and where the token is kept."""
    return (GATEWAY, "gateway", places.gateway_token), (REPLAY, "replay", places.replay_token)


def _give_token(session: Session, school: Organisation, name: str, kind: str, file: Path, now: datetime) -> None:
    """A new one where the sensor has none that is known here."""
    token = file.read_text().strip() if file.exists() else ""
    if token and devices.of_token(session, token):
        return
    with suppress(ValueError):  # there is none to take away
        devices.revoke(session, school, name, now)
    _, token = devices.add(session, school, name, kind, now)
    replace_privately(file, token.encode())


def _first_account(session: Session, school: Organisation, places: Places, now: datetime) -> None:
    """Its password is to be changed at the first sign-in; after that the file is of no use to anybody."""
    account = session.scalar(select(Reviewer).where(Reviewer.login == LOGIN))
    if account is not None and not account.must_change_password:
        places.first_password.unlink(missing_ok=True)
    elif account is None or not places.first_password.exists():
        password = "-".join(secrets.token_hex(2) for _ in range(4))
        if account is None:
            _add_lead(session, school, password, now)
        else:
            reviewers.set_password(account, password)
            account.must_change_password = True
        replace_privately(places.first_password, f"{password}\n".encode())


def _add_lead(session: Session, school: Organisation, password: str, now: datetime) -> None:
    reviewers.add(
        session,
        school,
        login=LOGIN,
        name="Safeguarding lead",
        role=ReviewerRole.DSL,
        email="",
        password=password,
        now=now,
        must_change=True,
    )
