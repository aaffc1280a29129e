"""Whatever happens to a picture, or to the disk, the words are kept if they can be, and the loss is counted if not."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from detection.client import Client, ClientSettings
from detection.delivery import Delivery
from detection.letters import Kind
from detection.observation import Evidence
from detection.outbox import Outbox, OutboxError
from detection.overflow import Overflow
from detection.reporter import COLLECTING_FAILED, NO_DISK, NO_ROOM, NOTHING_RECORDED, TOO_LARGE, Collect, Reporter
from detection.sealing import Opener, Sealer, new_key
from detection.sensor_health import SensorTally
from detection.supplements import Supplements
from detection.wire import Report, parse, parse_supplement
from tests.detection.factories import detection, observation
from tests.detection.scripted_appliance import token_file
from tests.tmpfs import Tmpfs

PAGE = b"<p>nobody likes you</p>"
INDEX = b'{"log": {"entries": []}}'


class Desk:
    """A reporter with its outbox, and the appliance's eyes to look into it."""

    def __init__(self, folder: Path, max_bytes: int = 2**30, memory_bytes: int = 2**30, reserve: int = 0) -> None:
        new_key(folder / "private", folder / "public")
        self.opener = Opener((folder / "private").read_bytes())
        self.sealer = Sealer((folder / "public").read_bytes())
        self.outbox, self.memory = Outbox(folder / "outbox.db", max_bytes, reserve), Outbox(None, memory_bytes)
        self.supplements = Supplements(seconds=3600)
        self.supplements.start()
        self.tally = SensorTally()
        self.wakes: list[None] = []
        client = Client(ClientSettings(appliance_url="http://127.0.0.1:9", token_file=token_file(folder)))
        overflow = Overflow(self.outbox, self.memory, Delivery(self.memory, client), self.tally)
        self.reporter = Reporter(
            self.outbox, overflow, self.sealer, self.supplements, self.tally, lambda: self.wakes.append(None)
        )

    def report(self, evidence: Collect | None = None, later: Collect | None = None, id: str = "a") -> None:
        self.reporter.report(detection(observation=observation(id=id)), evidence, later)

    def close(self) -> None:
        self.supplements.stop(20)
        self.outbox.close()
        self.memory.close()

    @property
    def reports(self) -> list[Report]:
        return self.reports_in(self.outbox)

    def reports_in(self, outbox: Outbox) -> list[Report]:
        return [parse(self.opener.open(letter.sealed)) for letter in outbox.due(Kind.DETECTION, 0, 9999)]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    with ExitStack() as stack:
        yield lambda **sizes: stack.enter_context(closing(Desk(tmp_path, **sizes)))


@pytest.fixture
def desk(made: Callable[..., Desk]) -> Desk:
    return made()


def page(*more: bytes) -> Evidence:
    return Evidence(index=INDEX, bodies={hashlib.sha256(body).hexdigest(): body for body in (PAGE, *more)})


def test_a_detection_is_in_the_outbox_with_its_evidence(desk: Desk) -> None:
    desk.report(page)
    (report,) = desk.reports
    assert report.evidence
    assert report.evidence_note == ""
    desk.outbox.delivered(Kind.DETECTION, "a")
    blobs = {b.key: desk.opener.blob(b.key, b.sealed) for b in desk.outbox.due(Kind.BLOB, 0, 9)}
    assert sorted(blobs.values()) == sorted([INDEX, PAGE])
    assert blobs[report.evidence.index] == INDEX
    assert (desk.tally.reported, len(desk.wakes)) == (1, 1)


def test_without_a_recording_the_reviewer_is_told(desk: Desk) -> None:
    desk.report(lambda: None)
    desk.report(None, id="b")
    assert [(r.evidence, r.evidence_note) for r in desk.reports] == [(None, NOTHING_RECORDED)] * 2
    assert desk.tally.without_evidence == 0


def test_evidence_the_observation_brought_along_is_used(desk: Desk) -> None:
    desk.reporter.report(detection(observation=observation(evidence=page())), None, None)
    assert desk.reports[0].evidence


def test_a_recording_that_fails_does_not_lose_the_words(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> Evidence:
        raise LookupError("nobody likes you")

    desk.report(fail)
    (report,) = desk.reports
    assert (report.detection.observation.text, report.evidence_note) == (observation().text, COLLECTING_FAILED)
    assert desk.tally.without_evidence == 1
    assert "no evidence for detection a: LookupError" in caplog.text
    assert "nobody" not in caplog.text


def test_a_recording_that_is_too_large_is_said_so(desk: Desk) -> None:
    desk.report(lambda: Evidence(index=bytes(34 * 2**20)))
    assert desk.reports[0].evidence_note == TOO_LARGE
    assert desk.tally.without_evidence == 1


def test_on_a_full_disk_the_words_go_before_the_pictures(made: Callable[..., Desk]) -> None:
    desk = made(max_bytes=300_000)
    desk.report(lambda: page(bytes(500_000)))
    (report,) = desk.reports
    assert (report.evidence, report.evidence_note) == (None, NO_ROOM)
    assert (desk.tally.reported, desk.tally.without_evidence, desk.tally.unreported) == (1, 1, 0)
    assert desk.supplements.stop(20)


def test_what_had_no_room_at_first_is_fetched_again(made: Callable[..., Desk]) -> None:
    desk = made(max_bytes=300_000)
    desk.report(lambda: page(bytes(500_000)), later=page)
    assert desk.supplements.stop(20)
    assert desk.outbox.counts().blobs_waiting == 3


def fill(desk: Desk) -> None:
    for i in range(1000):
        desk.report(id=str(i))


def test_what_the_disk_does_not_take_is_kept_in_memory(
    made: Callable[..., Desk], caplog: pytest.LogCaptureFixture
) -> None:
    desk = made(max_bytes=2**17)
    fill(desk)
    stored = desk.outbox.counts().waiting
    assert (desk.tally.reported, desk.tally.in_memory, desk.tally.unreported) == (1000, 1000 - stored, 0)
    assert {r.detection.observation.id for r in desk.reports_in(desk.memory)} == {str(i) for i in range(stored, 1000)}
    assert "disk is full" in desk.tally.outbox_error
    assert f"detection {stored} is in memory only" in caplog.text
    assert observation().text not in caplog.text
    for i in range(stored):
        desk.outbox.delivered(Kind.DETECTION, str(i))
    desk.report(id="after")
    assert desk.tally.outbox_error == ""
    assert desk.supplements.stop(20)


def test_in_memory_the_words_are_kept_without_the_page_which_follows_if_it_can(desk: Desk) -> None:
    desk.outbox.close()
    desk.report(page, later=page)
    (report,) = desk.reports_in(desk.memory)
    assert (report.evidence, report.evidence_note) == (None, NO_DISK)
    assert (desk.tally.in_memory, desk.tally.without_evidence) == (1, 1)
    assert desk.supplements.stop(20)
    assert desk.supplements.failures == 1


def test_what_neither_disk_nor_memory_takes_is_counted_and_raised(
    made: Callable[..., Desk], caplog: pytest.LogCaptureFixture
) -> None:
    desk = made(max_bytes=2**17, memory_bytes=2**17)
    with pytest.raises(OutboxError):
        fill(desk)
    assert desk.tally.unreported == 1
    assert desk.tally.reported == desk.outbox.counts().waiting + desk.memory.counts().waiting
    assert f"memory does not take detection {desk.tally.reported} either" in caplog.text
    assert desk.supplements.stop(20)


def test_a_fuller_bundle_follows(desk: Desk) -> None:
    desk.report(page, later=lambda: page(b"a picture"))
    desk.outbox.delivered(Kind.DETECTION, "a")
    assert desk.supplements.stop(20)
    (letter,) = desk.outbox.due(Kind.SUPPLEMENT, 0, 9)
    supplement = parse_supplement(desk.opener.open(letter.sealed))
    assert (supplement.id, supplement.reported_at) == ("a", observation().reported_at)
    assert supplement.evidence
    assert hashlib.sha256(b"a picture").hexdigest() in supplement.evidence.blobs.values()
    assert len(desk.wakes) == 2


@pytest.mark.parametrize("later", [page, lambda: None], ids=["the same", "nothing"])
def test_a_bundle_that_says_no_more_is_not_sent(desk: Desk, later: Collect) -> None:
    desk.report(page, later=later)
    desk.outbox.delivered(Kind.DETECTION, "a")
    assert desk.supplements.stop(20)
    assert desk.outbox.due(Kind.SUPPLEMENT, 0, 9) == []


def large(number: int) -> Collect:
    return lambda: page(bytes([number]) * 400_000)


def test_on_a_disk_that_fills_recordings_stop_first_and_words_last(tmpfs: Tmpfs) -> None:
    """Nothing of the words is lost, though in the end the disk takes not a byte; and all is as before with room."""
    desk = Desk(tmpfs.folder, reserve=16 * 2**20)
    try:
        for number in range(60):
            desk.report(large(number), id=f"early-{number}")
        notes = [report.evidence_note for report in desk.reports]
        assert len(notes) == 60
        assert notes[0] == ""
        assert notes[-1] == NO_ROOM
        assert desk.tally.no_room
        assert desk.tally.in_memory == 0
        tmpfs.fill()
        desk.report(large(60), id="full")
        kept = [*desk.reports, *desk.reports_in(desk.memory)]
        assert len(kept) == 61
        tmpfs.empty()
        desk.outbox.drop_evidence(2**30)
        desk.outbox.tidy()
        desk.report(large(61), id="late")
        assert desk.reports[-1].evidence_note == ""
        assert not desk.tally.no_room
    finally:
        desk.supplements.stop(20)
        desk.outbox.close()


def test_recordings_that_wait_give_way_to_words(tmp_path: Path) -> None:
    desk = Desk(tmp_path, max_bytes=1_000_000)
    try:
        for number in range(4):
            desk.report(large(number), id=f"with-{number}")
        waiting = desk.outbox.counts().blobs_waiting
        for number in range(200):
            desk.report(id=f"words-{number}")
        assert desk.outbox.counts().blobs_waiting < waiting
        assert (desk.outbox.counts().waiting, desk.tally.in_memory) == (204, 0)
    finally:
        desk.supplements.stop(20)
        desk.outbox.close()
