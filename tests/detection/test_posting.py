"""Each kind of letter is posted as docs/wire.md has it."""

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from detection.client import Client, ClientSettings
from detection.letters import Kind, Letter
from detection.posting import post
from tests.detection.factories import NOW
from tests.detection.scripted_appliance import TOKEN, Asked, ScriptedAppliance, token_file

SENT_AT = datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def client(appliance: ScriptedAppliance, tmp_path: Path) -> Iterator[Client]:
    client = Client(ClientSettings(appliance_url=appliance.url, token_file=token_file(tmp_path)))
    yield client
    client.close()


def posted(client: Client, appliance: ScriptedAppliance, kind: Kind) -> Asked:
    letter = Letter(kind=kind, key="a", reported_at=NOW.isoformat(), tries=0, sealed=b"sealed \xff")
    assert post(client, letter, lambda _: SENT_AT).status == 201
    (asked,) = appliance.asked
    assert asked.headers["Authorization"] == f"Bearer {TOKEN}"
    return asked


@pytest.mark.parametrize(
    ("kind", "method", "path"),
    [(Kind.DETECTION, "POST", "/detections"), (Kind.SUPPLEMENT, "PUT", "/detections/a/evidence")],
)
def test_a_detection_and_its_fuller_bundle_go_in_an_envelope(
    client: Client, appliance: ScriptedAppliance, kind: Kind, method: str, path: str
) -> None:
    asked = posted(client, appliance, kind)
    assert (asked.method, asked.path, asked.headers["Content-Type"]) == (method, path, "application/json")
    assert asked.json == {
        "version": 1,
        "id": "a",
        "reported_at": "2026-03-02T10:30:00+00:00",
        "sent_at": "2026-03-02T11:00:00+00:00",
        "sealed": base64.b64encode(b"sealed \xff").decode(),
    }


def test_a_piece_of_evidence_goes_as_it_is(client: Client, appliance: ScriptedAppliance) -> None:
    asked = posted(client, appliance, Kind.BLOB)
    assert (asked.method, asked.path, asked.body) == ("PUT", "/evidence/a", b"sealed \xff")
    assert asked.headers["Content-Type"] == "application/octet-stream"
