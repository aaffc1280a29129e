"""One status for all workers: its counts never fall, and it says which slot nobody stands in."""

import json

from proxy_addons.supervisor.firewall import Seen
from proxy_addons.supervisor.places import status_of
from proxy_addons.supervisor.report import Report
from tests.proxy_addons.supervisor.test_places import shared


def says(settings, worker, **counts):
    file = status_of(settings, worker.place)
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"pid": worker.pid, "at": "2026-01-01T00:00:00+00:00", **counts}))


def written(report, settings, made):
    report.write(made.crew, made.now)
    return json.loads(settings.status_file.read_text())


def test_a_worker_that_has_ended_still_counts(stepping, tmp_path):
    settings, made = shared(tmp_path), stepping(workers=1)
    report = Report(settings)
    made.until(lambda: made.crew.slots[0].worker)
    first = made.crew.slots[0].worker
    says(settings, first, flows=5, unread={"timeout": 1}, faults={"drain": 1}, learned={"passes": ["app.test"]})
    assert written(report, settings, made)["flows"] == 5
    first.kill()
    made.until(lambda: made.crew.slots[0].worker not in (None, first))
    made.until(lambda: first not in made.crew.everybody())
    assert written(report, settings, made)["flows"] == 5
    says(settings, made.crew.slots[0].worker, flows=2, unread={"timeout": 3})
    said = written(report, settings, made)
    assert (said["flows"], said["unread"], said["faults"]) == (7, {"timeout": 4}, {"drain": 1})
    assert "learned" not in said  # the others say what passes now
    assert said["supervisor"]["deaths"] == 1


def test_what_an_earlier_worker_left_in_the_place_is_not_taken_for_this_ones(stepping, tmp_path):
    settings, made = shared(tmp_path), stepping(workers=1)
    made.until(lambda: made.crew.slots[0].worker)
    file = status_of(settings, 0)
    file.parent.mkdir()
    file.write_text(json.dumps({"pid": 1, "flows": 1000}))
    assert "flows" not in written(Report(settings), settings, made)


def test_it_says_which_slot_has_nobody_and_what_the_firewall_saw(stepping, tmp_path):
    settings, made = shared(tmp_path), stepping(workers=2)
    report = Report(settings)
    report.firewall(
        {"pupils-missed": 4, "guests-missed": 1, "pupils-quic": 7},
        [Seen(device="192.0.2.10", protocol="udp", port=51820, times=3)],
    )
    report.of_the_firewall("no table")
    said = written(report, settings, made)["supervisor"]
    assert (said["unmanned"], said["missed"], said["firewall_error"]) == ([0, 1], 5, "no table")
    assert said["tunnels"] == [
        {"device": "192.0.2.10", "name": "wireguard", "protocol": "udp", "port": 51820, "times": 3}
    ]
