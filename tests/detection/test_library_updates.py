"""The library follows the appliance's releases, takes only what verifies, and outlives a restart without it."""

import gc
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey

from detection.client import Client, ClientSettings
from detection.group_libraries import NO_GROUPS, Difference, Groups
from detection.kept_file import KeptFile
from detection.library import Library
from detection.library_bundle import Bundle, build
from detection.library_updates import LibraryTrouble, LibraryUpdates
from tests.detection.factories import NOW
from tests.detection.libraries import a, library
from tests.detection.scripted_appliance import Scripted, ScriptedAppliance, eventually, token_file

KEY = SigningKey.generate()
ONE = library(a("go away", hits=("go away",)))
TWO = library(a("get lost", hits=("get lost",)))


def answer(
    library: Library, serial: int, key: SigningKey = KEY, *, rollback: bool = False, groups: Groups = NO_GROUPS
) -> Scripted:
    bundle = Bundle(library=library, serial=serial, built_by="Jo Bell", built_at=NOW, rollback=rollback, groups=groups)
    return Scripted(200, build(bundle, key))


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


def following(client: Client, cache: Path, taken: list[str], **more: Any) -> LibraryUpdates:
    def take(library: Library, groups: Groups) -> bool:
        taken.append(" + ".join((library.version, *groups)))
        return True

    return LibraryUpdates(client, KEY.verify_key, KeptFile(cache), take, **{"clock": lambda: NOW, **more})


def test_what_is_released_is_taken_and_only_what_is_new_is_fetched(
    appliance: ScriptedAppliance, updates: LibraryUpdates, taken: list[str]
) -> None:
    appliance.answers = [answer(ONE, 1), Scripted(304), answer(TWO, 2), Scripted(304)]
    for _ in range(4):
        updates.refresh()
    assert taken == [ONE.version, TWO.version]
    assert {asked.path for asked in appliance.asked} == {"/library"}
    asked_with = [asked.headers.get("If-None-Match") for asked in appliance.asked]
    assert asked_with == [None, f'"1-{ONE.version}"', f'"1-{ONE.version}"', f'"2-{TWO.version}"']
    assert (updates.state.confirmed_at, updates.state.last_error) == (NOW, "")


@pytest.mark.parametrize(
    ("bad", "error", "trouble"),
    [
        (answer(TWO, 3, SigningKey.generate()), "not signed with the appliance's key", LibraryTrouble.SIGNATURE),
        (Scripted(200, answer(TWO, 3).body.replace(b"lost", b"last")), "changed on its way", LibraryTrouble.SIGNATURE),
        (answer(TWO, 1), "older (serial 1) than the one in force (serial 2)", LibraryTrouble.OLDER),
        (Scripted(200, b"<html>"), "not signed", LibraryTrouble.SIGNATURE),
        (Scripted(200, bytes(KEY.sign(b"{}"))), "cannot be read", LibraryTrouble.UNREADABLE),
        (Scripted(404), "answer 404", LibraryTrouble.NONE),
        (Scripted(401), "answer 401", LibraryTrouble.NONE),
        (Scripted(hang_up=True), "no answer", LibraryTrouble.NONE),
    ],
    ids=["another key", "altered", "older", "no bundle", "no library", "404", "401", "no answer"],
)
def test_whatever_goes_wrong_the_library_in_force_stays(
    appliance: ScriptedAppliance,
    updates: LibraryUpdates,
    cache: Path,
    taken: list[str],
    bad: Scripted,
    error: str,
    trouble: LibraryTrouble,
) -> None:
    appliance.answers = [answer(ONE, 2), bad, Scripted(304)]
    updates.refresh()
    kept = cache.read_bytes()
    updates.refresh()
    assert (taken, cache.read_bytes()) == ([ONE.version], kept)
    assert error in updates.state.last_error
    assert (updates.state.confirmed_at, updates.state.trouble) == (NOW, trouble)
    updates.refresh()
    assert (updates.state.last_error, updates.state.trouble) == ("", LibraryTrouble.NONE)


def test_what_was_refused_is_trouble_while_the_appliance_is_away(
    appliance: ScriptedAppliance, updates: LibraryUpdates
) -> None:
    appliance.answers = [answer(ONE, 1, SigningKey.generate()), Scripted(503)]
    updates.refresh()
    updates.refresh()
    assert (updates.state.last_error, updates.state.trouble) == ("answer 503", LibraryTrouble.SIGNATURE)


def test_a_library_that_nobody_confirmed_for_a_day_is_trouble(
    appliance: ScriptedAppliance, client: Client, cache: Path, taken: list[str]
) -> None:
    day, times = timedelta(days=1), [NOW]

    def trouble(at: datetime) -> LibraryTrouble:
        times.append(at)
        return updates.state.trouble

    updates = following(client, cache, taken, clock=lambda: times[-1])
    assert trouble(NOW + day) is LibraryTrouble.NONE
    assert trouble(NOW + day + timedelta(seconds=1)) is LibraryTrouble.UNCONFIRMED
    appliance.answers = [answer(ONE, 1)]
    updates.refresh()
    assert trouble(NOW + 2 * day) is LibraryTrouble.NONE
    assert trouble(NOW + 3 * day) is LibraryTrouble.UNCONFIRMED


def test_what_differs_for_groups_comes_with_the_library_and_outlives_a_restart(
    appliance: ScriptedAppliance, updates: LibraryUpdates, client: Client, cache: Path, taken: list[str]
) -> None:
    groups = {"Year 12": Difference(frozenset({ONE.phrases[0].id}))}
    appliance.answers = [answer(ONE, 1), answer(ONE, 2, groups=groups)]
    updates.refresh()
    updates.refresh()
    assert taken == [ONE.version, f"{ONE.version} + Year 12"]
    again = following(client, cache, taken)
    assert again.recalled
    assert again.recalled.groups == groups
    again.refresh()
    assert appliance.asked[-1].headers["If-None-Match"] == f'"2-{again.recalled.edition}"'


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
    assert again.recalled.library.version == ONE.version
    again.refresh()
    again.refresh()
    assert appliance.asked[-1].headers["If-None-Match"] == f'"4-{ONE.version}"'
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
    updates = LibraryUpdates(client, KEY.verify_key, KeptFile(cache), lambda *_: looked.append(gc.isenabled()) is None)
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
