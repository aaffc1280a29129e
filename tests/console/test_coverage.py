"""What a gateway counted is said in words; a broken file is a sentence, never an error."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console import coverage
from console.coverage import Count

AT = datetime(2025, 3, 4, 14, 30, tzinfo=UTC)
REPORT: dict[str, Any] = {
    "version": 1,
    "at": AT.isoformat(),
    "since": (AT - timedelta(hours=7)).isoformat(),
    "flows": 1200,
    "bytes": 34_567_890,
    "unread": {"timeout": 3, "refused": 7, "new-reason": 1},
    "conversations": {"IRC": 2, "SMTP": 5},
    "bypassed": {"helpline": 4, "names-only": 6},
    "undecryptable": {"not-tls": 2},
    "disagreed": 1,
    "supervisor": {"counters": {"pupils-quic": 3, "guest-wifi-quic": 4, "pupils-missed": 1}},
    "faults": {"response": 2, "request": 1},
    "sensor": {"running": True, "reported": 9, "waiting": 0, "outbox_error": "", "delivery_error": ""},
}


def written(folder: Path, report: object, name: str = "hall.json") -> Path:
    file = folder / name
    file.write_text(json.dumps(report))
    return file


def test_counts_are_grouped_and_named(tmp_path: Path) -> None:
    found = coverage.read(written(tmp_path, REPORT))
    assert (found.name, found.written_at, found.problem, found.troubles) == ("hall", AT, "", ())
    groups = {group.title: group.counts for group in found.groups}
    assert groups["Traffic"] == (
        Count("Requests seen", 1200),
        Count("Megabytes read", 34),
        Count("Named a host that is left alone and went elsewhere: read", 1),
    )
    assert groups["Connections in clear other than the web’s"] == (
        Count("Mail sent (SMTP)", 5),
        Count("Chat (IRC)", 2),
    )
    assert groups["Passed on unread, or read in part"] == (
        Count("The device or app would not accept inspection", 7),
        Count("Reading it took too long", 3),
        Count("New reason", 1),
        Count("A fault of our own", 3),
    )
    assert groups["Left alone on purpose"] == (
        Count("Helplines", 4),
        Count("Networks in which nothing is read", 6),
    )
    assert groups["On the web’s port, and could not be opened"] == (Count("Neither the web nor TLS", 2),)
    assert groups["At the firewall, in connections"] == (
        Count("QUIC, refused so that browsers use what can be read", 7),
        Count("Should have been read, and found no worker", 1),
    )
    assert groups["Detections"] == (Count("Detections made", 9), Count("Waiting to be delivered", 0))


def test_troubles_are_said_without_their_details(tmp_path: Path) -> None:
    sensor = {"running": False, "delivery_error": "https://10.0.0.1/detections answered 500"}
    found = coverage.read(written(tmp_path, {**REPORT, "sensor": sensor}))
    assert found.troubles == ("A part of it has stopped.", "It cannot deliver what it finds to the appliance.")


def test_sites_that_were_not_opened_are_counted_by_what_is_wrong_with_their_certificate(tmp_path: Path) -> None:
    found = coverage.read(written(tmp_path, {**REPORT, "upstream": {"revoked": 1, "expired": 2}}))
    groups = {group.title: group.counts for group in found.groups}
    assert groups["Not opened, for the site’s certificate"] == (
        Count("Expired", 2),
        Count("Withdrawn by its issuer", 1),
    )


def test_certificates_that_need_somebody_are_told_of(tmp_path: Path) -> None:
    soon = {"expires": AT.isoformat(), "root_expires": "2099-01-01T00:00:00Z", "root_key": "sealed"}
    report = {**REPORT, "authority": soon, "revocation": {"lists": 2, "expired": 1}}
    found = coverage.read(written(tmp_path, report)).troubles
    assert ["gatehouse authority intermediate" in found[0], found[1].startswith("1 of its 2 lists")] == [True, True]
    assert coverage.read(written(tmp_path, {**REPORT, "authority": {"expires": 3}})).problem


def test_a_library_that_was_refused_is_said_once_and_with_what_to_do(tmp_path: Path) -> None:
    sensor = {"library_error": "the library is not signed", "library_trouble": "signature"}
    (said,) = coverage.read(written(tmp_path, {**REPORT, "sensor": sensor})).troubles
    assert "refused the newest library" in said
    assert "library.pub" in said
    (said,) = coverage.read(written(tmp_path, {**REPORT, "sensor": {"library_error": "answer 503"}})).troubles
    assert said == "It does not get the newest library, and compares with the one it has."


def test_a_canary_of_another_hour_is_counted_where_a_tester_looks(tmp_path: Path) -> None:
    report = {**REPORT, "sensor": {"reported": 3, "canaries": 2, "stale_canaries": 1}}
    (detections,) = (group for group in coverage.read(written(tmp_path, report)).groups if group.title == "Detections")
    assert [count.number for count in detections.counts] == [3, 2, 1]
    assert "gatehouse canary show" in detections.counts[2].label


@pytest.mark.parametrize("report", [[], 7, "x", {"at": "yesterday"}])
def test_what_cannot_be_read_is_said(tmp_path: Path, report: object) -> None:
    assert "cannot be read" in coverage.read(written(tmp_path, report)).problem


def test_a_missing_or_broken_file_is_said(tmp_path: Path) -> None:
    assert "not written its counts yet" in coverage.read(tmp_path / "none.json").problem
    (tmp_path / "half.json").write_text('{"at": ')
    assert "cannot be read" in coverage.read(tmp_path / "half.json").problem


@pytest.mark.parametrize("odd", [{"unread": 7}, {"unread": {"timeout": "many"}}, {"sensor": []}, {"bytes": None}])
def test_an_odd_count_is_left_out(tmp_path: Path, odd: dict[str, Any]) -> None:
    assert coverage.read(written(tmp_path, {**REPORT, **odd})).problem == ""


def test_a_gateway_is_named_by_its_folder_where_the_file_is_just_status(tmp_path: Path) -> None:
    assert coverage.read(written(tmp_path, REPORT, "status.json")).name == tmp_path.name


def test_counts_grow_stale(tmp_path: Path) -> None:
    found = coverage.read(written(tmp_path, REPORT))
    assert not coverage.stale(found, AT + timedelta(seconds=30))
    assert coverage.stale(found, AT + timedelta(minutes=3))
    assert coverage.stale(coverage.read(tmp_path / "none.json"), AT)
