"""Who is where follows the appliance, and outlives both its absence and a restart."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from detection.bindings import Bindings
from detection.client import Client, ClientSettings
from tests.detection.factories import NOW
from tests.detection.scripted_appliance import Scripted, ScriptedAppliance, eventually, token_file


def answer(*people: str, etag: str = '"1"') -> Scripted:
    rows = [
        {
            "address": "10.0.0.7",
            "device": None,
            "person": person,
            "role": "pupil",
            "age_band": "11-16",
            "source": "address-list",
            "since": None,
        }
        for person in people
    ]
    return Scripted(200, json.dumps({"organisation": "hill-school", "bindings": rows}).encode(), {"ETag": etag})


@pytest.fixture
def client(appliance: ScriptedAppliance, tmp_path: Path) -> Iterator[Client]:
    client = Client(ClientSettings(appliance_url=appliance.url, token_file=token_file(tmp_path)))
    yield client
    client.close()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "bindings.json"


def people(bindings: Bindings) -> tuple[str, ...]:
    return bindings.subject_for("10.0.0.7", None, NOW).people


def test_what_the_appliance_knows_is_known(appliance: ScriptedAppliance, client: Client, cache: Path) -> None:
    bindings = Bindings(client, cache, clock=lambda: NOW)
    assert people(bindings) == ()
    appliance.answers = [answer("p-17")]
    bindings.refresh()
    assert people(bindings) == ("p-17",)
    assert (appliance.asked[0].method, appliance.asked[0].path) == ("GET", "/bindings")
    assert (bindings.state.confirmed_at, bindings.state.last_error) == (NOW, "")


def test_only_what_changed_is_fetched(appliance: ScriptedAppliance, client: Client, cache: Path) -> None:
    appliance.answers = [answer("p-17"), Scripted(304), answer("p-18", etag='"2"'), Scripted(304)]
    bindings = Bindings(client, cache)
    seen = []
    for _ in range(4):
        bindings.refresh()
        seen.append(people(bindings))
    assert seen == [("p-17",), ("p-17",), ("p-18",), ("p-18",)]
    assert [asked.headers.get("If-None-Match") for asked in appliance.asked] == [None, '"1"', '"1"', '"2"']


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (Scripted(500), "answer 500"),
        (Scripted(401), "answer 401"),
        (Scripted(200, b"<html>"), "the payload is not JSON"),
        (Scripted(200, b"{}"), "organisation: must be a text"),
        (Scripted(hang_up=True), "no answer"),
    ],
    ids=str,
)
def test_whatever_goes_wrong_what_is_known_stays(
    appliance: ScriptedAppliance, client: Client, cache: Path, bad: Scripted, error: str
) -> None:
    appliance.answers = [answer("p-17"), bad, Scripted(304)]
    bindings = Bindings(client, cache, clock=lambda: NOW)
    bindings.refresh()
    bindings.refresh()
    assert people(bindings) == ("p-17",)
    assert (bindings.state.confirmed_at, bindings.state.last_error) == (NOW, error)
    bindings.refresh()
    assert bindings.state.last_error == ""


def test_what_is_known_outlives_a_restart_without_the_appliance(
    appliance: ScriptedAppliance, client: Client, cache: Path
) -> None:
    appliance.answers = [answer("p-17"), Scripted(503), Scripted(304)]
    Bindings(client, cache).refresh()
    again = Bindings(client, cache)
    assert people(again) == ("p-17",)
    again.refresh()
    assert people(again) == ("p-17",)
    assert appliance.asked[-1].headers["If-None-Match"] == '"1"'


def test_the_cache_is_its_owners_alone(appliance: ScriptedAppliance, client: Client, cache: Path) -> None:
    cache.write_text("{}")
    cache.chmod(0o644)
    appliance.answers = [answer("p-17")]
    Bindings(client, cache).refresh()
    assert cache.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in cache.parent.iterdir() if "bindings" in file.name] == [cache.name]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"etag": 3}', '{"etag": "1", "answer": {"organisation": 3}}'])
def test_a_spoilt_cache_is_only_asked_for_again(
    appliance: ScriptedAppliance, client: Client, cache: Path, content: str
) -> None:
    cache.write_text(content)
    bindings = Bindings(client, cache)
    assert people(bindings) == ()
    appliance.answers = [answer("p-17")]
    bindings.refresh()
    assert people(bindings) == ("p-17",)
    assert "If-None-Match" not in appliance.asked[0].headers


def test_a_cache_that_cannot_be_written_does_not_lose_the_answer(
    appliance: ScriptedAppliance, client: Client, tmp_path: Path
) -> None:
    appliance.answers = [answer("p-17")]
    bindings = Bindings(client, tmp_path / "nowhere" / "bindings.json")
    bindings.refresh()
    assert people(bindings) == ("p-17",)
    assert "No such file" in bindings.state.last_error


def test_the_thread_keeps_asking_until_it_is_stopped(appliance: ScriptedAppliance, client: Client, cache: Path) -> None:
    appliance.answers = [answer("p-17"), answer("p-18", etag='"2"')]
    appliance.afterwards = Scripted(304)
    bindings = Bindings(client, cache, every=0.001)
    bindings.start()
    eventually(lambda: people(bindings) == ("p-18",))
    assert bindings.state.running
    assert bindings.stop(20)
    assert not bindings.state.running


def test_without_a_cache_nobody_is_asked_for_and_nobody_known(appliance: ScriptedAppliance, tmp_path: Path) -> None:
    """A device knows whose it is from elsewhere."""
    client = Client(ClientSettings(appliance_url=appliance.url, token_file=token_file(tmp_path)))
    bindings = Bindings(client, None)
    bindings.start()
    assert bindings.state.running
    assert bindings.stop(1)
    assert bindings.subject_for("10.0.0.7", None, NOW).people == ()
    assert appliance.asked == []
    client.close()


def test_who_asks_often_is_kept_waiting_for_news_once_it_knows_anything(
    appliance: ScriptedAppliance, client: Client, cache: Path
) -> None:
    appliance.answers = [answer("p-17"), Scripted(304)]
    bindings = Bindings(client, cache, every=2.0)
    for _ in range(2):
        bindings.refresh()
    assert [asked.headers.get("Prefer") for asked in appliance.asked] == [None, "wait=2"]


def test_who_asks_once_a_minute_is_answered_at_once(appliance: ScriptedAppliance, client: Client, cache: Path) -> None:
    appliance.answers = [answer("p-17"), Scripted(304)]
    bindings = Bindings(client, cache)
    for _ in range(2):
        bindings.refresh()
    assert [asked.headers.get("Prefer") for asked in appliance.asked] == [None, None]
