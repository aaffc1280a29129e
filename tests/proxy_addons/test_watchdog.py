import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from detection.outbox import OutboxError
from proxy_addons.watchdog import Unread, Watchdog
from tests.detection.factories import detection
from tests.proxy_addons.factories import flow

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def test_counts_are_reported_by_what_and_why():
    watchdog = Watchdog(lambda: NOW)
    watchdog.requestheaders(flow())
    watchdog.response(flow(answer=b"hello"))
    watchdog.unread(Unread.TIMEOUT)
    watchdog.unread(Unread.TIMEOUT)
    watchdog.bypassed("health")
    assert watchdog.report() == {
        "version": 1,
        "at": "2026-09-01T08:00:00+00:00",
        "since": "2026-09-01T08:00:00+00:00",
        "pid": os.getpid(),
        "flows": 1,
        "bytes": 5,
        "unread": {"timeout": 2},
        "bypassed": {"health": 1},
        "faults": {},
    }


def test_a_fault_is_counted_and_logged_by_flow_without_its_message(caplog):
    watchdog = Watchdog()
    with watchdog.guard("response", "flow-1"):
        raise ValueError("what the pupil wrote")
    assert watchdog.report()["faults"] == {"response": 1}
    assert "flow-1" in caplog.text
    assert "ValueError at test_watchdog.py" in caplog.text
    assert "pupil" not in caplog.text


def test_what_is_flagged_is_counted_and_a_disk_that_takes_nothing_is_a_fault():
    def full():
        raise OutboxError("no room")

    watchdog = Watchdog()
    for put in (lambda: None, detection, full):
        watchdog.flag(put)
    assert watchdog.counts() == {"flagged": 1, "faults.outbox": 1}


def test_being_told_to_stop_is_not_a_fault():
    with pytest.raises(KeyboardInterrupt), Watchdog().guard("response"):
        raise KeyboardInterrupt


def test_the_status_file_is_replaced_whole(tmp_path):
    status = tmp_path / "status.json"
    watchdog = Watchdog(lambda: NOW)
    for flows in (1, 2):
        watchdog.requestheaders(flow())
        watchdog.write(status, {"pending_bytes": 0})
        assert json.loads(status.read_text())["flows"] == flows
    assert [f.name for f in tmp_path.iterdir()] == ["status.json"]


def test_two_may_write_the_status_at_once(tmp_path):
    watchdog = Watchdog(lambda: NOW)
    with ThreadPoolExecutor(8) as writers:
        written = [writers.submit(watchdog.write, tmp_path / "status.json", {"round": number}) for number in range(400)]
    assert [each.exception() for each in written if each.exception()] == []
    assert json.loads((tmp_path / "status.json").read_text())["since"] == "2026-09-01T08:00:00+00:00"
    assert len(list(tmp_path.iterdir())) == 1
