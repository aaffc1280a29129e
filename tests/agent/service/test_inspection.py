"""From what a session saw to the sensor: of whom, within which scope, once."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.holding import OFF, Holding
from agent.seen import Seen
from agent.service.inspection import Inspection, Told, observation_of
from agent.service.monitoring import Monitored, orders_of
from agent.service.outbox import DeviceOutbox
from detection.agent_policy.policy import Scope
from detection.agent_policy.private_window import PrivateWindow
from detection.categories import ConcernRole
from detection.client import Client, ClientSettings
from detection.delivery import Delivery
from detection.grading import Detection
from detection.letters import Kind
from detection.library import Category
from detection.observation import Channel, Direction, Evidence, Mark, Observation, Subject
from detection.outbox import Outbox, OutboxFull
from detection.overflow import Overflow
from detection.reporter import Reporter
from detection.sealing import Sealer, new_key
from detection.sensor_health import SensorTally
from detection.supplements import Supplements
from tests.agent.policies import policy
from tests.agent.service.device import seen
from tests.detection.factories import detection
from tests.detection.scripted_appliance import eventually, token_file
from tests.tmpfs import Tmpfs

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
PUPIL = Subject(organisation="hill-school", people=("p-17",), device="laptop-7", identity_source="agent")


class Desk:
    """An inspection whose sensor flags everything with the severity that its text ends with."""

    def __init__(self, folder: Path) -> None:
        self.outbox = DeviceOutbox(folder / "outbox.db", bytes(32), 2**24, clock=lambda: NOW)
        self.scope, self.subject = Scope(), PUPIL
        self.category = Category.BULLYING
        self.observed, self.kept = list[Observation](), list[Detection]()
        self.evidence = list[Evidence | None]()
        self.inspection = Inspection(self.observe, self.monitored, self.outbox, lambda: NOW, again=0.05)

    def monitored(self, account: str) -> Monitored:
        holding = Holding(scope=self.scope, why="here")
        windows = (PrivateWindow(title="bank"),)
        orders = replace(orders_of(policy(), holding), private_windows=windows)
        return Monitored(subject=self.subject if account == "pupil" else None, holding=holding, orders=orders)

    def observe(self, observation: Observation, evidence: Callable[[], Evidence | None]) -> Detection | None:
        self.observed.append(observation)
        found = detection(observation=observation, severity=int(observation.text[-1]), category=self.category)
        if not self.inspection.keeps(found):
            return None
        self.evidence.append(evidence())
        self.keep(found)
        self.kept.append(found)
        return found

    def keep(self, found: Detection) -> None:
        self.outbox.put(id=found.observation.id, reported_at=NOW, sealed=b"x", severity=found.severity)

    def put(self, *texts: str) -> list[str]:
        """As sessions do; what is taken of it, as it is taken."""
        taken = list[str]()
        for text in texts:
            self.inspection.put(
                Told(seen=seen(text, id=text[0]), account="pupil", done=lambda text=text: taken.append(text))
            )
        return taken

    def inspect(self, said: Seen, account: str = "pupil") -> bool:
        """Whether it was kept."""
        before = len(self.kept)
        self.inspection.inspect(Told(seen=said, account=account, done=lambda: None))
        return len(self.kept) > before


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.outbox.close()


def test_what_a_session_saw_is_the_accounts_observation(desk: Desk) -> None:
    said = seen("words 3", at=NOW - timedelta(minutes=2), title="Essay", marks=frozenset({Mark.PASTED}))
    assert desk.inspect(said)
    (found,) = desk.observed
    assert (found.id, found.subject, found.text) == (said.id, PUPIL, "words 3")
    assert (found.seen_at, found.reported_at) == (NOW - timedelta(minutes=2), NOW)
    assert (found.app, found.location, found.conversation) == ("Editor", "Essay", "Editor")
    assert found.marks == {Mark.PASTED}
    assert desk.inspection.last_detection_at == NOW


@pytest.mark.parametrize("account", ["visitor", "teacher", ""])
def test_of_nobody_but_a_pupil_anything_is_looked_at(desk: Desk, account: str) -> None:
    assert not desk.inspect(seen("words 5"), account)
    assert desk.observed == []


def test_while_it_is_paused_nothing_is_looked_at(desk: Desk) -> None:
    desk.scope = OFF
    assert not desk.inspect(seen("words 5"))
    assert desk.observed == []


@pytest.mark.parametrize(
    ("scope", "more"),
    [
        (Scope(), {"title": "Online Bank"}),
        (Scope(screen=False), {"channel": Channel.SCREEN, "direction": Direction.SHOWN}),
        (Scope(ocr=False), {"marks": frozenset({Mark.OCR})}),
    ],
)
def test_what_the_orders_do_not_ask_for_is_not_looked_at(desk: Desk, scope: Scope, more: dict[str, Any]) -> None:
    """A session may say it after all: it saw it under the orders of before, or it is none of ours."""
    desk.scope = scope
    assert not desk.inspect(seen("words 5", **more))
    assert desk.observed == []


@pytest.mark.parametrize(("severity", "kept"), [(2, False), (3, True), (5, True)])
def test_away_from_school_only_what_is_grave_is_kept(desk: Desk, severity: int, kept: bool) -> None:
    desk.scope = Scope(keep_from=3)
    assert desk.inspect(seen(f"words {severity}")) is kept


@pytest.mark.parametrize(
    ("category", "marks", "kept"),
    [
        (Category.SUICIDE, {Mark.DELETED}, True),
        (Category.BULLYING, {Mark.DELETED}, False),
        (Category.BULLYING, set[Mark](), True),
    ],
)
def test_what_was_deleted_again_is_kept_for_some_categories_alone(
    desk: Desk, category: Category, marks: set[Mark], kept: bool
) -> None:
    desk.category = category
    assert desk.inspect(seen("words 3", marks=frozenset(marks))) is kept


def test_a_place_that_grows_is_kept_once_and_again_when_it_becomes_graver(desk: Desk) -> None:
    said = ["words 3", "more words 3", "yet more words 4", "and more words 4"]
    assert [desk.inspect(seen(text, place="w1.s1")) for text in said] == [True, False, True, False]
    assert desk.inspect(seen("words 3", place="w1.s2"))


def test_the_same_thing_said_twice_is_one(desk: Desk) -> None:
    said = seen("words 3")
    assert desk.inspect(said)
    desk.outbox.delivered(Kind.DETECTION, said.id)
    assert not desk.inspect(said)


def test_a_picture_is_kept_with_what_is_detected_where_the_scope_says_so(desk: Desk) -> None:
    desk.inspect(seen("words 3", picture=b"\xff\xd8"))
    desk.scope = Scope(pictures=False)
    desk.inspect(seen("other words 3", picture=b"\xff\xd8"))
    with_picture, without = desk.evidence
    assert with_picture
    assert without is None


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (NOW + timedelta(hours=1), NOW),
        (NOW - timedelta(minutes=5), NOW - timedelta(minutes=5)),
        (NOW - timedelta(days=30), NOW - timedelta(days=1)),
    ],
)
def test_nobody_dates_back_or_ahead(said: datetime, counts: datetime) -> None:
    assert observation_of(seen("words", at=said), PUPIL, NOW).seen_at == counts


def test_whatever_happens_the_session_hears_that_it_was_taken(desk: Desk) -> None:
    """One thing that cannot be read does not end the reading of all others."""
    done = list[str]()
    desk.inspection.start()
    for text in ("words without a number", "words 3"):
        desk.inspection.put(Told(seen=seen(text), account="pupil", done=lambda text=text: done.append(text)))
    eventually(lambda: len(done) == 2)
    assert (len(desk.kept), desk.inspection.failures) == (1, 1)
    eventually(lambda: not desk.inspection.waits)
    assert desk.inspection.running
    assert desk.inspection.stop(10)
    assert desk.kept[0].role is ConcernRole.MAY_HARM


class FullDesk(Desk):
    """Whose sensor keeps things as every sensor does, on a disk and in a memory that are full."""

    def __init__(self, disk: Tmpfs, folder: Path) -> None:
        super().__init__(disk.folder)
        new_key(folder / "private", folder / "public")
        self.memory, tally = Outbox(None, 2**17), SensorTally()
        client = Client(ClientSettings(appliance_url="http://127.0.0.1:9", token_file=token_file(folder)))
        overflow = Overflow(self.outbox, self.memory, Delivery(self.memory, client), tally)
        sealer = Sealer((folder / "public").read_bytes())
        self.reporter = Reporter(self.outbox, overflow, sealer, Supplements(9), tally, lambda: None)
        disk.fill()
        with suppress(OutboxFull):
            for number in range(1000):
                self.memory.put(id=str(number), reported_at=NOW, sealed=bytes(1000))

    def keep(self, found: Detection) -> None:
        self.reporter.report(found, None, None)


@pytest.fixture
def full(tmpfs: Tmpfs, tmp_path: Path) -> Iterator[FullDesk]:
    made = FullDesk(tmpfs, tmp_path)
    yield made
    made.outbox.close()


def test_what_neither_disk_nor_memory_takes_is_not_taken_and_nothing_after_it_until_one_does(
    full: FullDesk, tmpfs: Tmpfs
) -> None:
    """Whether the others are of concern or not: what is taken and what is not tells nothing."""
    full.inspection.start()
    taken = full.put("a: words 3", "b: words 0", "c: words 3")
    eventually(lambda: full.inspection.is_held_up)
    assert [*full.inspection.troubles] != []
    assert (taken, full.kept) == ([], [])
    tmpfs.empty()
    eventually(lambda: len(taken) == 3)
    assert [full.outbox.has_taken(id) for id in "abc"] == [True, False, True]
    assert [*full.inspection.troubles] == []
    assert full.inspection.stop(10)


def test_a_service_that_ends_while_nothing_takes_a_detection_leaves_it_to_its_session(
    full: FullDesk, tmpfs: Tmpfs
) -> None:
    full.inspection.start()
    taken = full.put("a: words 3")
    eventually(lambda: full.inspection.is_held_up)
    assert full.inspection.stop(10)
    assert taken == []
    tmpfs.empty()
    next_service = Inspection(full.observe, full.monitored, full.outbox, lambda: NOW)
    next_service.inspect(Told(seen=seen("a: words 3", id="a"), account="pupil", done=lambda: None))
    assert full.outbox.has_taken("a")


def test_with_a_disk_that_cannot_even_be_read_memory_takes_it(full: FullDesk) -> None:
    for number in range(20):
        full.memory.delivered(Kind.DETECTION, str(number))
    full.outbox.close()
    full.inspection.start()
    taken = full.put("a: words 3")
    eventually(lambda: len(taken) == 1)
    assert full.memory.due(Kind.DETECTION, 0, 999)[-1].key == "a"
    assert full.inspection.stop(10)
