"""The library follows the appliance's releases, takes only what verifies, and outlives a restart without it."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from detection.client import Client, ClientSettings
from detection.library import Library
from detection.library_bundle import Bundle, build
from detection.library_updates import LibraryUpdates
from tests.detection.factories import NOW
from tests.detection.libraries import a, library
from tests.detection.scripted_appliance import Scripted, ScriptedAppliance, eventually, token_file

KEY = SigningKey.generate()
ONE = library(a("go away", hits=("go away",)))
TWO = library(a("get lost", hits=("get lost",)))


def answer(library: Library, serial: int, key: SigningKey = KEY, *, rollback: bool = False) -> Scripted:
    bundle = Bundle(library=library, serial=serial, built_by="Jo Bell", built_at=NOW, rollback=rollback)
    return Scripted(200, build(bundle, key), {"ETag": f'"{library.version}"'})


@pytest.fixture
def client(appliance: ScriptedAppliance, tmp_path: Path) -> Iterator[Client]:
    client = Client(ClientSettings(appliance_url=appliance.url, token_file=token_file(tmp_path)))
    yield client
    client.close()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "library.bundle"


@pytest.fixture
def taken() -> list[str]:
    """Versions, in order."""
    return []


@pytest.fixture
def updates(client: Client, cache: Path, taken: list[str]) -> LibraryUpdates:
    return following(client, cache, taken)


def following(client: Client, cache: Path, taken: list[str], **more: float) -> LibraryUpdates:
    return LibraryUpdates(
        client, KEY.verify_key, cache, lambda new: taken.append(new.version), clock=lambda: NOW, **more
    )


def test_what_is_released_is_taken_and_only_what_is_new_is_fetched(
    appliance: ScriptedAppliance, updates: LibraryUpdates, taken: list[str]
) -> None:
    appliance.answers = [answer(ONE, 1), Scripted(304), answer(TWO, 2), Scripted(304)]
    for _ in range(4):
        updates.refresh()
    assert taken == [ONE.version, TWO.version]
    assert {asked.path for asked in appliance.asked} == {"/library"}
    asked_with = [asked.headers.get("If-None-Match") for asked in appliance.asked]
    assert asked_with == [None, f'"{ONE.version}"', f'"{ONE.version}"', f'"{TWO.version}"']
    assert (updates.state.confirmed_at, updates.state.last_error) == (NOW, "")


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (answer(TWO, 3, SigningKey.generate()), "not signed with the appliance's key"),
        (Scripted(200, answer(TWO, 3).body.replace(b"get lost", b"get last")), "changed on its way"),
        (answer(TWO, 1), "older (serial 1) than the one in force (serial 2)"),
        (Scripted(200, b"<html>"), "not signed"),
        (Scripted(404), "answer 404"),
        (Scripted(401), "answer 401"),
        (Scripted(hang_up=True), "no answer"),
    ],
    ids=str,
)
def test_whatever_goes_wrong_the_library_in_force_stays(
    appliance: ScriptedAppliance, updates: LibraryUpdates, cache: Path, taken: list[str], bad: Scripted, error: str
) -> None:
    appliance.answers = [answer(ONE, 2), bad, Scripted(304)]
    updates.refresh()
    kept = cache.read_bytes()
    updates.refresh()
    assert (taken, cache.read_bytes()) == ([ONE.version], kept)
    assert error in updates.state.last_error
    assert updates.state.confirmed_at == NOW
    updates.refresh()
    assert updates.state.last_error == ""


def test_one_that_goes_back_on_purpose_is_taken(
    appliance: ScriptedAppliance, updates: LibraryUpdates, taken: list[str]
) -> None:
    appliance.answers = [answer(TWO, 5), answer(ONE, 1, rollback=True), answer(TWO, 2)]
    for _ in range(3):
        updates.refresh()
    assert taken == [TWO.version, ONE.version, TWO.version]


def test_it_outlives_a_restart_without_the_appliance(
    appliance: ScriptedAppliance, updates: LibraryUpdates, client: Client, cache: Path, taken: list[str]
) -> None:
    assert updates.recalled is None
    appliance.answers = [answer(ONE, 4), Scripted(503), answer(TWO, 3)]
    updates.refresh()
    again = following(client, cache, taken)
    assert again.recalled
    assert again.recalled.version == ONE.version
    again.refresh()
    again.refresh()
    assert appliance.asked[-1].headers["If-None-Match"] == f'"{ONE.version}"'
    assert "older (serial 3)" in again.state.last_error
    assert cache.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"spoilt", answer(ONE, 4, SigningKey.generate()).body])
def test_a_cache_that_does_not_verify_is_only_asked_for_again(
    appliance: ScriptedAppliance, client: Client, cache: Path, taken: list[str], content: bytes
) -> None:
    cache.write_bytes(content)
    updates = following(client, cache, taken)
    assert updates.recalled is None
    appliance.answers = [answer(ONE, 1)]
    updates.refresh()
    assert taken == [ONE.version]


def test_a_cache_that_cannot_be_written_does_not_lose_the_library(
    appliance: ScriptedAppliance, client: Client, tmp_path: Path, taken: list[str]
) -> None:
    updates = following(client, tmp_path / "nowhere" / "library.bundle", taken)
    appliance.answers = [answer(ONE, 1)]
    updates.refresh()
    assert taken == [ONE.version]
    assert "No such file" in updates.state.last_error


def test_nobody_looks_for_garbage_while_a_library_is_exchanged(
    appliance: ScriptedAppliance, client: Client, cache: Path
) -> None:
    looked: list[bool] = []
    updates = LibraryUpdates(client, KEY.verify_key, cache, lambda _: looked.append(gc.isenabled()))
    appliance.answers = [answer(ONE, 1), Scripted(200, b"spoilt")]
    updates.refresh()
    updates.refresh()
    assert looked == [False]
    assert gc.isenabled()


def test_the_thread_keeps_asking_until_it_is_stopped(
    appliance: ScriptedAppliance, client: Client, cache: Path, taken: list[str]
) -> None:
    appliance.answers, appliance.afterwards = [answer(ONE, 1), answer(TWO, 2)], Scripted(304)
    updates = following(client, cache, taken, every=0.001)
    updates.start()
    eventually(lambda: taken == [ONE.version, TWO.version])
    assert updates.state.running
    assert updates.stop(20)
    assert not updates.state.running
