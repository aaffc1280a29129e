"""A console on a real SQLite store, with rows that have plain defaults."""

import hashlib
import io
import re
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from appliance import chronology, passwords, store
from appliance.entry_kinds import EntryKind
from appliance.models import (
    Capture,
    Device,
    DrawState,
    EvidenceState,
    Incident,
    Notification,
    NotificationChannel,
    NotificationKind,
    NotificationState,
    Organisation,
    OrganisationKind,
    Passkey,
    Person,
    Reviewer,
    ReviewerRole,
    Status,
)
from console.application import create_app
from console.settings import ConsoleSettings
from images.vault import Vault

NOW = datetime(2025, 3, 4, 14, 30, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
SUBJECT = {"people": ["p1"], "address": "10.0.0.7", "identity_source": "address-list", "identity_age": 180}
TEXT = "nobody would even notice if i was gone"


def a_picture(words: str = TEXT) -> bytes:
    picture = Image.new("RGB", (400, 240), "#ffffff")
    ImageDraw.Draw(picture).text((20, 100), words, "#1b2128")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@cache
def hashed_once() -> str:
    """Hashing is slow on purpose."""
    return passwords.hashed(PASSWORD)


@dataclass
class Clock:
    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at


@dataclass
class School:
    """A store with one trust, its two schools, and a console in front of it."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    settings: ConsoleSettings = field(init=False)
    sessions: sessionmaker[Session] = field(init=False)
    vault: Vault = field(init=False)
    app: Flask = field(init=False)
    count: int = 0

    def __post_init__(self) -> None:
        key = self.folder / "secret"
        key.write_bytes(b"k" * 32)
        url = f"sqlite:///{self.folder / 'gatehouse.db'}"
        self.settings = ConsoleSettings(
            database=url,
            vault=self.folder / "vault",
            secret_key_file=key,
            cookie_secure=False,
            public_url="http://localhost",
            watch=(self.folder / "gateway.json",),
        )
        self.sessions, self.vault = store.sessions(url), Vault(self.folder / "vault")
        self.app = create_app(self.settings, self.sessions, self.vault, self.clock)
        self.trust = self.organisation("trust", "Elm Valley Trust", kind=OrganisationKind.TRUST)
        self.here = self.organisation("oakfield", "Oakfield School", parent_id=self.trust)
        self.elsewhere = self.organisation("birch", "Birch Academy", parent_id=self.trust)

    def add(self, row: Any) -> Any:
        with self.sessions.begin() as session:
            session.add(row)
            session.flush()
            return row.id

    def get(self, kind: type[Any], key: Any) -> Any:
        with self.sessions() as session:
            return session.get(kind, key)

    def organisation(self, slug: str, name: str, **more: Any) -> int:
        return int(self.add(Organisation(slug=slug, name=name, **more)))

    def person(self, name: str = "Robin Ashworth", **more: Any) -> int:
        self.count += 1
        values = {"organisation_id": self.here, "ref": f"p{self.count}", "role": "pupil", "year": "Year 9"}
        return int(self.add(Person(name=name, **{**values, **more})))

    def reviewer(self, login: str = "dsl", role: ReviewerRole = ReviewerRole.DSL, **more: Any) -> int:
        values: dict[str, Any] = {"organisation_id": self.here, "name": f"The {login}", "created_at": NOW}
        return int(self.add(Reviewer(login=login, role=role, password_hash=hashed_once(), **{**values, **more})))

    def device(self, name: str = "gateway-1", **more: Any) -> int:
        values: dict[str, Any] = {
            "organisation_id": self.here,
            "kind": "gateway",
            "token_sha256": hashlib.sha256(name.encode()).hexdigest(),
            "created_at": NOW - timedelta(days=30),
            "last_seen_at": NOW - timedelta(minutes=1),
        }
        return int(self.add(Device(name=name, **{**values, **more})))

    def incident(self, person: int | None = None, *, captures: int = 1, **more: Any) -> int:
        """With ``captures`` captures of TEXT."""
        values: dict[str, Any] = {
            "organisation_id": self.here,
            "subject_key": f"person:p{person}" if person else "address:10.0.0.7",
            "category": "suicide",
            "severity": 4,
            "concern_role": "at-risk",
            "status": Status.NEW,
            "opened_at": NOW - timedelta(minutes=30),
            "last_seen_at": NOW - timedelta(minutes=20),
        }
        values |= more
        incident = int(self.add(Incident(person_id=person, **values)))
        for _ in range(captures):
            self.capture(incident, person_id=person, organisation_id=values["organisation_id"])
        self.entry(incident, EntryKind.OPENED, "", "detector", values["organisation_id"], values["opened_at"])
        return incident

    def capture(self, incident: int, **more: Any) -> str:
        self.count += 1
        at = NOW - timedelta(minutes=30) + timedelta(seconds=self.count)
        organisation_id = more.get("organisation_id") or self.here
        values: dict[str, Any] = {
            "organisation_id": organisation_id,
            "id": f"{zlib.crc32(str(self.count).encode()):08x}",
            "content_sha256": "0" * 64,
            "device_id": self.a_device(organisation_id),
            "seen_at": at,
            "received_at": at,
            "reported_at": at,
            "once": "0" * 64,
            "channel": "message",
            "direction": "written",
            "app": "Chatter",
            "location": "https://chatter.example/rooms/7",
            "conversation": "room 7",
            "author": "",
            "lang": "en",
            "text": TEXT,
            "marks": [],
            "subject": {**SUBJECT},
            "matches": [a_match(TEXT, "if i was gone")],
            "category": "suicide",
            "severity": 4,
            "score": 0.8,
            "concern_role": "at-risk",
            "reasons": ["The person wrote it.", "It speaks of the writer."],
            "before": [],
            "library_version": "a" * 64,
            "model_version": "",
            "engine_version": "1",
            "policy_version": "1",
            "evidence_state": EvidenceState.ATTACHED,
            "draw_state": DrawState.DRAWN,
            "draw_next_at": at,
            "picture": self.vault.put(a_picture()),
        }
        return str(self.add(Capture(incident_id=incident, **{**values, **more})))

    def a_device(self, organisation_id: int) -> int:
        """The school's gateway, made when it is first needed."""
        with self.sessions() as session:
            known = session.query(Device.id).filter_by(organisation_id=organisation_id).first()
        return known[0] if known else self.device(f"gateway-{organisation_id}", organisation_id=organisation_id)

    def entry(
        self, incident: int, kind: EntryKind, text: str, actor: str, organisation_id: int, at: datetime = NOW
    ) -> None:
        with self.sessions.begin() as session:
            chronology.add(session, organisation_id, at=at, actor=actor, kind=kind, text=text, incident_id=incident)

    def entries(self, incident: int) -> list[tuple[str, str, str]]:
        """Kind, actor and text of each."""
        with self.sessions() as session:
            said = chronology.of_incident(session, incident)
            return [(e.kind, e.actor, e.text.text if e.text else "") for e in said]

    def banner(self, subject: str = "The gateway is silent.", **more: Any) -> int:
        self.count += 1
        values: dict[str, Any] = {
            "organisation_id": self.here,
            "key": f"{subject} {self.count}",
            "kind": NotificationKind.HEALTH,
            "channel": NotificationChannel.BANNER,
            "state": NotificationState.DUE,
            "body": "Look at its cable.",
            "created_at": NOW - timedelta(hours=1),
            "next_at": NOW,
        }
        return int(self.add(Notification(subject=subject, **{**values, **more})))

    def passkey(self, reviewer_id: int, name: str = "Work laptop", **more: Any) -> int:
        """One that no device has."""
        values: dict[str, Any] = {
            "organisation_id": self.here,
            "reviewer_id": reviewer_id,
            "name": name,
            "credential_id": hashlib.sha256(f"{reviewer_id} {name}".encode()).hexdigest(),
            "public_key": "AAAA",
            "user_handle": "AAAA",
            "sign_count": 0,
            "added_at": NOW - timedelta(days=40),
        }
        return int(self.add(Passkey(**{**values, **more})))

    def browser(self, login: str | None = None) -> FlaskClient:
        """A browser of its own, signed in as ``login``."""
        client = self.app.test_client()
        if login:
            answer = submit(client, "/sign-in", login=login, password=PASSWORD)
            assert answer.status_code == 302, answer.text
        return client


def a_match(sentence: str, written: str, /, **more: Any) -> dict[str, Any]:
    start = sentence.index(written)
    values = {
        "phrase": "en.suicide.gone",
        "text": written,
        "category": "suicide",
        "severity": 4,
        "gloss": "Says that others would be better off, or would not notice.",
        "start": start,
        "end": start + len(written),
        "written": written,
    }
    return {**values, **more}


def an_opinion(effect: str = "agreed", **more: Any) -> dict[str, Any]:
    values = {"category": "suicide", "probability": 0.97, "passage": TEXT, "effect": effect, "version": "m1"}
    return {**values, **more}


def token(page: str) -> str:
    """The form token of a page."""
    found = re.search(r'name="(?:\w+-)?csrf_token"[^>]*value="([^"]+)"', page)
    assert found, "the page has no form token"
    return found[1]


def submit(
    client: FlaskClient, address: str, *, page: str | None = None, prefix: str = "", **fields: str
) -> TestResponse:
    """Fill in the form that ``page`` (by default the address itself) shows, and send it."""
    shown = client.get(page or address).text
    name = f"{prefix}-" if prefix else ""
    data = {f"{name}{key}": value for key, value in fields.items()}
    if seen := re.search(rf'name="{name}seen"[^>]*value="(\d+)"', shown):
        data.setdefault(f"{name}seen", seen[1])
    return client.post(address, data={**data, "csrf_token": token(shown), f"{name}csrf_token": token(shown)})
