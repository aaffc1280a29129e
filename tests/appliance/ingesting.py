"""Ingest as two schools' sensors meet it."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from nacl.signing import SigningKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from appliance import ingest, store
from appliance.library_releases import Press
from appliance.models import Capture
from detection.sealing import Opener
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.factories import NOON, PRIVATE_KEY
from tests.detection.libraries import a, library

PRESS = Press(SigningKey.generate(), library(a("go away", hits=("go away",)), a("get lost", hits=("get lost",))))


@dataclass
class Appliance:
    """Ingest over a real store and vault, with a clock to set, and two schools' sensors to post as."""

    sessions: sessionmaker[Session]
    vault: Vault
    client: FlaskClient
    now: datetime = NOON

    def post(self, body: Any, token: str = "oak", **more: Any) -> TestResponse:
        return self.client.post("/detections", **sent(body, token), **more)

    def put(self, path: str, body: Any, token: str = "oak") -> TestResponse:
        return self.client.put(path, **sent(body, token))

    def get(self, path: str, token: str = "oak", **headers: str) -> TestResponse:
        return self.client.get(path, headers={"Authorization": f"Bearer {token}", **headers})

    def one(self, model: type[Any] = Capture) -> Any:
        with self.sessions() as session:
            return session.scalars(select(model)).one()

    def count(self, model: type[Any]) -> int:
        with self.sessions() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0


def sent(body: Any, token: str) -> dict[str, Any]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return {"data": data, "headers": {"Authorization": f"Bearer {token}"}}


def started(url: str, folder: Path, *, busy_seconds: float = 10.0) -> Appliance:
    sessions, vault = store.sessions(url, busy_seconds=busy_seconds), Vault(folder / "vault")
    with sessions.begin() as session:
        for slug in ("oak", "elm"):
            school = factories.school(session, slug)
            factories.person(session, school)
            factories.device(session, school, token=slug)
    appliance = Appliance(sessions, vault, FlaskClient.__new__(FlaskClient))
    app = ingest.create_ingest(sessions, Opener(PRIVATE_KEY), vault, lambda: appliance.now, PRESS)
    appliance.client = app.test_client()
    return appliance
