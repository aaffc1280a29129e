"""A status file says when something is wrong, and otherwise nothing."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance import gateway_status
from appliance.gateway_status import Counts
from appliance.library_status import LIBRARY_TROUBLES
from detection.library_updates import LibraryTrouble
from tests.appliance.factories import NOON

OLD = (NOON - timedelta(hours=1)).isoformat()


def written(folder: Path, **changes: Any) -> Path:
    status = {
        "version": 1,
        "at": NOON.isoformat(),
        "unread": {"large": 9, "refused": 4},
        "faults": {},
        "sensor": {"running": True, "unreported": 0, "set_aside": 0, "waiting": 0, "oldest_waiting": None},
    }
    file = folder / "gate-1.json"
    file.write_text(json.dumps(status | changes))
    return file


def kinds(file: Path, before: Counts | None = None, seconds: float = 0) -> list[str]:
    reading = gateway_status.read(file, before, NOON + timedelta(seconds=seconds))
    return [trouble.kind for trouble in reading.troubles]


def test_a_gateway_that_is_well_gives_no_trouble(tmp_path: Path) -> None:
    assert kinds(written(tmp_path), seconds=60) == []


def test_one_that_stopped_writing_is_silent(tmp_path: Path) -> None:
    assert kinds(written(tmp_path), seconds=61) == ["silent"]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"at": 7}', '{"at": "noon"}', '{"at": "2026-03-04T12:00:00Z", "faults": 3}']
)
def test_a_status_that_cannot_be_read_is_trouble_too(tmp_path: Path, content: str) -> None:
    file = tmp_path / "gate-1.json"
    assert kinds(file) == ["silent"]
    file.write_text(content)
    assert kinds(file) == ["silent"]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"faults": {"page": 1, "socket": 2}}, "faults"),
        ({"unread": {"timeout": 1}}, "missed"),
        ({"unread": {"overload": 1}}, "missed"),
        ({"sensor": {"unreported": 1}}, "lost"),
        ({"undecryptable_alert": 1}, "closed"),
        ({"supervisor": {"deaths": 1}}, "died"),
        ({"supervisor": {"missed": 3}}, "past"),
    ],
)
def test_what_rose_since_the_last_look_is_trouble(tmp_path: Path, changes: dict[str, Any], kind: str) -> None:
    file = written(tmp_path, **changes)
    first = gateway_status.read(file, None, NOON)
    assert first.troubles == ()
    assert kinds(file, first.counts) == []
    assert kinds(file, Counts()) == [kind]


@pytest.mark.parametrize(
    ("supervisor", "kind"),
    [
        ({"slots": 2, "unmanned": [1], "fail": "open"}, "unmanned"),
        ({"firewall_error": "No such file or directory"}, "firewall"),
        ({"tunnels": [{"device": "192.0.2.10", "name": "wireguard"}]}, "tunnels"),
    ],
)
def test_a_box_in_trouble_is_told_of(tmp_path: Path, supervisor: dict[str, Any], kind: str) -> None:
    assert kinds(written(tmp_path, supervisor=supervisor)) == [kind]


def test_a_gateway_that_started_again_counts_from_nothing(tmp_path: Path) -> None:
    assert kinds(written(tmp_path), Counts(faults=9, missed=9, lost=9)) == []


@pytest.mark.parametrize(
    ("sensor", "kind"),
    [
        ({"set_aside": 2}, "set-aside"),
        ({"waiting": 3, "oldest_waiting": OLD}, "stuck"),
        ({"outbox_error": "outbox.db: database or disk is full"}, "disk"),
        ({"no_room": True}, "disk"),
        ({"illegal_error": "list.signed: cannot be read"}, "illegal-list"),
        ({"running": False}, "stopped"),
        ({"library_trouble": "signature"}, "library"),
    ],
)
def test_a_sensor_in_trouble_is_told_of(tmp_path: Path, sensor: dict[str, Any], kind: str) -> None:
    assert kinds(written(tmp_path, sensor=sensor)) == [kind]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"authority": {"expires": OLD, "root_expires": "2036-01-01T00:00:00Z", "root_key": "away"}}, "authority"),
        ({"revocation": {"lists": 2, "expired": 1}}, "revocation"),
        ({"authority": {"expires": "nonsense", "root_expires": OLD}}, "silent"),
    ],
)
def test_certificates_that_need_somebody_are_told_of(tmp_path: Path, changes: dict[str, Any], kind: str) -> None:
    assert kinds(written(tmp_path, **changes)) == [kind]


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("signature", "not signed with the key it knows"),
        ("older", "older than the one it has"),
        ("unreadable", "which it cannot read"),
        ("unconfirmed", "For a day or more"),
        ("from the future", "It does not use the newest library"),
    ],
)
def test_a_library_that_a_gateway_does_not_take_is_told_with_what_to_do(
    tmp_path: Path, trouble: str, said: str
) -> None:
    file = written(tmp_path, sensor={"library_trouble": trouble, "library_error": "http://10.0.0.1 said no"})
    (found,) = gateway_status.read(file, None, NOON).troubles
    assert said in found.body
    assert "compares with the library it has" in found.body
    assert "10.0.0.1" not in found.body


def test_every_trouble_a_sensor_can_have_with_its_library_has_its_words() -> None:
    assert set(LIBRARY_TROUBLES) == {str(each) for each in LibraryTrouble if each}


@pytest.mark.parametrize(("path", "name"), [("gate-1.json", "gate-1"), ("gate-2/status.json", "gate-2")])
def test_a_gateway_goes_by_its_file_or_folder(path: str, name: str) -> None:
    assert gateway_status.name_of(Path(path)) == name


def test_lists_that_cannot_be_read_and_apps_that_pass_are_told(tmp_path: Path) -> None:
    passing = {"host": "app.test", "client": "k", "state": "automatic", "until": None}
    file = written(tmp_path, bypass_problem="school.toml: is not TOML.", learned={"passes": [passing]})
    assert kinds(file) == ["bypass-list", "learned"]


@pytest.mark.parametrize(("name", "said"), [("gateway", "The gateway"), ("north-site", "The gateway north-site")])
def test_a_box_with_one_gateway_does_not_say_the_word_twice(name: str, said: str) -> None:
    assert gateway_status.in_words(name) == said
