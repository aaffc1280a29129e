"""A second gateway's box whole: a bare Debian, started, joins a first box by the real command, and lives on by systemd.

What the first box decides holds; cut off, with its plug pulled, long off, revoked and joined again, it does what
docs/deploy.md says. Quicker, with programs the test starts: test_second_gateway.py.
"""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.appliance.deadline import eventually
from tests.box.ask import ask
from tests.box.first_box import FIRST, GUESTS
from tests.box.machine import NEEDS, SOON
from tests.box.origin import Origin
from tests.box.second_machine import SHARED, Second, second_machine
from tests.box.town import GATEWAY_PUPILS, Town

WATCHED = ("enrolment", "follow", "gateway")
"""Those that are started anew when they fall silent."""
WRITTEN = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("GATEHOUSE_ROUNDS" in os.environ, reason="has no short form: some quarter of an hour"),
    *NEEDS,
]


@pytest.fixture(scope="module")
def second(town: Town, internet: Origin, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Second]:
    with second_machine(town, internet, tmp_path_factory.mktemp("booted-second")) as made:
        yield made


@pytest.fixture
def reading(second: Second) -> Second:
    eventually(second.works, within=SOON)
    eventually(second.pupil.is_read, within=SOON)
    return second


def test_before_it_has_joined_it_routes_and_reads_nothing(second: Second) -> None:
    assert second.box.failed() == ""
    assert second.pupil.is_unread()


def test_joined_everything_starts_and_nothing_is_read_before_it_was_agreed_on_the_first(second: Second) -> None:
    assert "This box is second of larkmoor-school." in second.join()
    eventually(second.works, within=SOON)
    eventually(lambda: second.known() == "following", within=SOON)
    assert second.box.failed() == ""
    assert second.pupil.is_unread()
    assert second.guest.is_unread()
    assert ask(second.town.pupils, GATEWAY_PUPILS, "gatehouse.larkmoor.test").addresses == [SHARED]


def test_what_a_pupil_writes_in_an_agreed_network_is_on_file_on_the_first(second: Second) -> None:
    second.first.agree()
    eventually(second.pupil.is_read, within=SOON)
    second.pupil.write("alpha")
    eventually(lambda: second.first.captures("alpha") == 1, within=SOON)
    assert f"The first box, {FIRST}: heard of at" in second.said_of_the_first()


def test_guests_are_read_once_somebody_on_the_first_has_signed_for_them(reading: Second) -> None:
    """The gateway's settings change with it, which its workers take up one after the other."""
    reading.first.agree(GUESTS)
    reading.first.sign(GUESTS)
    eventually(reading.guest.is_read, within=SOON)
    assert (reading.box.failed(), reading.restarts()) == ("", {})


def test_a_second_run_asks_for_no_code_and_changes_nothing(reading: Second) -> None:
    said = reading.box.run("gatehouse", "provision", within=900).stdout
    assert said.startswith("Nothing to change"), said
    assert reading.restarts() == {}


def test_the_shared_address_goes_when_its_gateway_stops_though_its_names_work(reading: Second) -> None:
    eventually(reading.has_the_shared_address, within=SOON)
    reading.box.run("systemctl", "stop", "gatehouse-gateway")
    eventually(lambda: not reading.has_the_shared_address(), within=SOON)
    reading.box.run("systemctl", "start", "gatehouse-gateway")
    eventually(reading.has_the_shared_address, within=SOON)


def test_the_shared_address_comes_back_when_what_holds_it_was_killed(reading: Second) -> None:
    before = reading.keepalived()
    reading.box.run("systemctl", "kill", "--signal=KILL", "keepalived")
    eventually(lambda: reading.keepalived() not in ("0", before), within=SOON)
    eventually(reading.has_the_shared_address, within=SOON)


def test_cut_off_it_reads_on_even_where_its_plug_is_pulled_and_delivers_once(reading: Second) -> None:
    reading.first.cut()
    eventually(lambda: reading.known() == "alone", within=SOON)
    reading.pupil.write("bravo")
    reading.off()
    reading.on()
    eventually(reading.works, within=SOON)
    eventually(reading.pupil.is_read, within=SOON)
    reading.pupil.write("charlie")
    assert "what was agreed last holds until" in reading.said_of_the_first()
    assert [reading.first.captures(word) for word in ("bravo", "charlie")] == [0, 0]
    assert (reading.box.failed(), reading.restarts()) == ("", {})
    reading.first.mend()
    eventually(lambda: [reading.first.captures(word) for word in ("bravo", "charlie")] == [1, 1], within=2 * SOON)
    eventually(lambda: reading.known() == "following", within=SOON)
    assert reading.pupil.is_read()


def test_off_for_longer_than_was_agreed_it_reads_nothing_until_the_first_is_heard_of(reading: Second) -> None:
    reading.first.cut()
    reading.off()
    file, then = reading.following, datetime.now(UTC) - timedelta(hours=2)
    file.write_text(json.dumps(json.loads(file.read_text()) | {"heard_at": then.isoformat()}))
    reading.on()
    eventually(reading.works, within=SOON)
    eventually(lambda: reading.known() == "too-long", within=SOON)
    eventually(lambda: reading.pupil.is_unread() and reading.guest.is_unread(), within=SOON)
    assert "which is too long: nothing is read" in reading.said_of_the_first()
    reading.first.mend()
    eventually(lambda: reading.pupil.is_read() and reading.guest.is_read(), within=SOON)
    assert (reading.box.failed(), reading.restarts()) == ("", {})


def test_programs_that_are_killed_or_held_still_come_back(reading: Second) -> None:
    for signal, programs in (("KILL", (*WATCHED, "dns")), ("STOP", WATCHED)):
        before = {program: reading.pid(program) for program in programs}
        for program in programs:
            reading.box.run("systemctl", "kill", f"--signal={signal}", f"gatehouse-{program}")
        eventually(lambda: all(reading.pid(each) not in (0, before[each]) for each in before), within=2 * SOON)  # noqa: B023
        eventually(lambda: reading.works() and reading.pupil.is_read(), within=SOON)
    reading.pupil.write("delta")
    eventually(lambda: reading.first.captures("delta") == 1, within=SOON)


def test_revoked_it_reads_nothing_also_after_a_start_until_it_joins_again(reading: Second) -> None:
    reading.first.cut()
    reading.pupil.write("echo")
    reading.first.revoke()
    reading.first.mend()
    eventually(lambda: reading.known() == "cut-off", within=SOON)
    eventually(reading.pupil.is_unread, within=SOON)
    reading.off()
    reading.on()
    eventually(reading.works, within=SOON)
    assert reading.pupil.is_unread()
    assert "revoked" in reading.said_of_the_first()
    assert reading.first.captures("echo") == 0
    assert "This box is second of larkmoor-school." in reading.join("--join-again")
    eventually(reading.pupil.is_read, within=SOON)
    eventually(lambda: reading.first.captures("echo") == 1, within=SOON)
    reading.pupil.write("foxtrot")
    eventually(lambda: reading.first.captures("foxtrot") == 1, within=SOON)
    assert (reading.box.failed(), reading.restarts()) == ("", {})


def test_each_is_filed_once_and_the_journal_holds_nothing_of_it_and_no_fault(reading: Second) -> None:
    assert [reading.first.captures(word) for word in WRITTEN] == [1] * len(WRITTEN)
    said = reading.journal()
    assert "gatehouse follow" in said
    assert [word for word in ("Traceback", "myself", *WRITTEN) if word in said] == []
