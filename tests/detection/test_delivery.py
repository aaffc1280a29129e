"""What waits in the outbox reaches the appliance, in order, whatever the appliance answers on the way."""

import logging
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detection.client import Client, ClientSettings
from detection.delivery import Delivery
from detection.letters import Kind
from detection.outbox import Outbox
from tests.detection.factories import NOW
from tests.detection.scripted_appliance import TOKEN, Scripted, ScriptedAppliance, eventually, token_file


@dataclass
class Watch:
    """A steady clock that only moves when told."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    outbox = Outbox(tmp_path / "outbox.db")
    yield outbox
    outbox.close()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def client(appliance: ScriptedAppliance, tmp_path: Path) -> Iterator[Client]:
    client = Client(ClientSettings(appliance_url=appliance.url, token_file=token_file(tmp_path)))
    yield client
    client.close()


@pytest.fixture
def delivery(outbox: Outbox, client: Client, watch: Watch) -> Delivery:
    return Delivery(outbox, client, clock=lambda: datetime(2026, 3, 2, 11, 0, tzinfo=UTC), steady=watch)


def put(outbox: Outbox, *ids: str, blobs: tuple[str, ...] = ()) -> None:
    for id in ids:
        outbox.put(
            id=id, reported_at=NOW, sealed=f"sealed {id}".encode(), blobs=[(b, b"sealed " + b.encode()) for b in blobs]
        )


def step_until_rest(delivery: Delivery) -> float:
    """Deliver without waiting; the seconds the delivery then wants to rest."""
    while not (rest := delivery.step()):
        pass
    return rest


def test_evidence_goes_out_after_its_detection(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance
) -> None:
    put(outbox, "a", blobs=("x", "y"))
    put(outbox, "b")
    step_until_rest(delivery)
    assert appliance.order == ["POST a", "POST b", "PUT x", "PUT y"]


def test_a_supplement_goes_out_after_its_detection_and_before_its_blobs(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance
) -> None:
    put(outbox, "a")
    outbox.put_supplement(id="a", reported_at=NOW, sealed=b"more", blobs=[("z", b"z")])
    step_until_rest(delivery)
    assert [asked.path for asked in appliance.asked] == ["/detections", "/detections/a/evidence", "/evidence/z"]


@pytest.mark.parametrize("status", [200, 201])
def test_what_is_stored_is_forgotten(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance, status: int
) -> None:
    appliance.afterwards = Scripted(status)
    put(outbox, "a", blobs=("x",))
    step_until_rest(delivery)
    assert (outbox.counts().waiting, outbox.counts().blobs_waiting) == (0, 0)
    assert delivery.state.last_success == datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize("status", [409, 413, 422])
def test_what_is_refused_is_set_aside_and_blocks_nobody(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance, status: int
) -> None:
    appliance.answers = [Scripted(status, b"category: unknown value")]
    put(outbox, "a", "b", blobs=("x",))
    step_until_rest(delivery)
    assert appliance.order == ["POST a", "POST b", "PUT x"]
    assert (outbox.counts().waiting, outbox.counts().set_aside, delivery.state.set_aside) == (0, 1, 1)


def test_evidence_nobody_knows_is_forgotten(outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance) -> None:
    appliance.answers = [Scripted(201), Scripted(404), Scripted(422)]
    put(outbox, "a", blobs=("x", "y"))
    step_until_rest(delivery)
    assert (outbox.counts().blobs_waiting, outbox.counts().set_aside) == (0, 1)


@pytest.mark.parametrize("status", [401, 429, 503])
def test_while_the_appliance_is_away_one_is_tried_and_the_order_kept(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance, watch: Watch, status: int
) -> None:
    appliance.answers = [Scripted(status)] * 8
    put(outbox, "a", "b", "c")
    rests = []
    for _ in range(8):
        rests.append(step_until_rest(delivery))
        watch.seconds += rests[-1]
    assert rests == [1, 2, 4, 8, 16, 32, 60, 60]
    assert (delivery.state.failures, delivery.state.last_error) == (8, f"answer {status}")
    step_until_rest(delivery)
    assert appliance.order == ["POST a"] * 9 + ["POST b", "POST c"]
    assert (delivery.state.failures, delivery.state.last_error) == (0, "")


def test_after_an_hour_away_everything_arrives_once_and_in_order(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance, watch: Watch
) -> None:
    back = watch.seconds + 3600
    appliance.answer = lambda asked: Scripted(503 if watch.seconds < back else 201)
    made = [str(number) for number in range(60)]
    for id in made:
        put(outbox, id)
        until = watch.seconds + 60
        while watch.seconds < until:
            watch.seconds += min(step_until_rest(delivery), until - watch.seconds)
    while outbox.counts().waiting:
        watch.seconds += step_until_rest(delivery)
    assert watch.seconds < back + 120
    tried = [asked.json["id"] for asked in appliance.asked]
    assert tried[-60:] == made
    assert set(tried[:-60]) == {"0"}
    assert len(tried) < 60 + 70


def test_a_wake_does_not_shorten_the_pause(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance, watch: Watch
) -> None:
    appliance.answers = [Scripted(503)]
    put(outbox, "a")
    step_until_rest(delivery)
    watch.seconds += 0.25
    delivery.wake()
    assert delivery.step() == 0.75
    assert len(appliance.asked) == 1


@pytest.mark.parametrize(
    ("said", "rest"), [("120", 120), ("0", 1), ("later", 1), ("-5", 1), ("999999999", 3600), ("9" * 400, 1)]
)
def test_retry_after_is_honoured(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance, said: str, rest: float
) -> None:
    appliance.answers = [Scripted(503, headers={"Retry-After": said})]
    put(outbox, "a")
    assert step_until_rest(delivery) == rest


@pytest.mark.parametrize("answer", [Scripted(500), Scripted(404), Scripted(302), Scripted(hang_up=True)], ids=str)
def test_a_letter_the_appliance_stumbles_over_does_not_block_the_others(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance, watch: Watch, answer: Scripted
) -> None:
    appliance.answer = lambda asked: answer if asked.what == "POST a" else None
    put(outbox, "a", "b", "c")
    assert step_until_rest(delivery) == 1
    watch.seconds += 1
    step_until_rest(delivery)
    assert appliance.order == ["POST a", "POST b", "POST c", "POST a"]
    put(outbox, "d")
    watch.seconds += 60
    step_until_rest(delivery)
    assert appliance.order[4:] == ["POST d", "POST a"]
    assert outbox.counts().waiting == 1


def test_stubborn_evidence_never_delays_a_detection(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance
) -> None:
    appliance.answer = lambda asked: Scripted(500) if asked.method == "PUT" else None
    put(outbox, "a", blobs=("x", "y"))
    step_until_rest(delivery)
    put(outbox, "b")
    step_until_rest(delivery)
    assert appliance.order == ["POST a", "PUT x", "POST b"]


def test_an_appliance_that_fails_at_everything_is_not_stormed(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance, watch: Watch
) -> None:
    appliance.afterwards = Scripted(500)
    put(outbox, *map(str, range(50)))
    end = watch.seconds + 600
    while watch.seconds < end:
        watch.seconds += step_until_rest(delivery)
    assert len(appliance.asked) < 20
    assert outbox.counts().waiting == 50


def test_a_new_token_is_read_when_the_old_one_is_refused(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance, tmp_path: Path
) -> None:
    token_file(tmp_path, "a-new-token")
    appliance.answer = lambda asked: None if asked.headers["Authorization"] == "Bearer a-new-token" else Scripted(401)
    put(outbox, "a")
    step_until_rest(delivery)
    assert appliance.order == ["POST a", "POST a"]
    assert outbox.counts().waiting == 0


def test_a_token_file_that_others_can_read_is_not_taken_up(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance, tmp_path: Path
) -> None:
    token_file(tmp_path, "a-new-token").chmod(0o644)
    appliance.afterwards = Scripted(401)
    put(outbox, "a")
    assert step_until_rest(delivery) == 1
    assert {asked.headers["Authorization"] for asked in appliance.asked} == {f"Bearer {TOKEN}"}


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_an_appliance_that_is_off_is_tried_with_one_in_order(outbox: Outbox, tmp_path: Path, watch: Watch) -> None:
    settings = ClientSettings(appliance_url=f"http://127.0.0.1:{closed_port()}", token_file=token_file(tmp_path))
    delivery = Delivery(outbox, Client(settings), steady=watch)
    put(outbox, "a", "b")
    assert step_until_rest(delivery) == 1
    watch.seconds += 1
    assert step_until_rest(delivery) == 2
    assert (delivery.state.failures, delivery.state.last_error) == (2, "unreachable")
    assert [letter.tries for letter in outbox.due(Kind.DETECTION, watch.seconds, 9)] == [0, 0]


def test_a_broken_outbox_is_reported_and_tried_again(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance
) -> None:
    outbox.close()
    assert delivery.step() == 1
    assert (delivery.state.failures, delivery.state.last_error) == (1, "outbox")


def test_what_a_full_disk_cannot_forget_is_not_sent_again_and_blocks_nobody(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance
) -> None:
    put(outbox, "a", "b")
    outbox._db.execute("PRAGMA query_only = ON")
    assert step_until_rest(delivery) == 1
    assert appliance.order == ["POST a", "POST b"]
    assert outbox.counts().waiting == 2
    outbox._db.execute("PRAGMA query_only = OFF")
    step_until_rest(delivery)
    assert appliance.order == ["POST a", "POST b"]
    assert outbox.counts().waiting == 0


def test_the_log_names_ids_and_answers_only(
    outbox: Outbox, delivery: Delivery, appliance: ScriptedAppliance, caplog: pytest.LogCaptureFixture
) -> None:
    appliance.answers = [Scripted(422, b"nobody likes you"), Scripted(503, b"nobody likes you")]
    put(outbox, "a", "b")
    with caplog.at_level(logging.DEBUG, "detection"):
        step_until_rest(delivery)
    assert "detection a is set aside: answer 422" in caplog.text
    assert "answer 503" in caplog.text
    assert "nobody" not in caplog.text
    assert TOKEN not in caplog.text


def test_the_thread_delivers_what_is_put_while_it_runs(
    outbox: Outbox, client: Client, appliance: ScriptedAppliance
) -> None:
    delivery = Delivery(outbox, client)
    delivery.start()
    assert delivery.state.running
    put(outbox, "a")
    delivery.wake()
    eventually(lambda: appliance.order == ["POST a"])
    put(outbox, "b", blobs=("x",))
    delivery.wake()
    assert delivery.drain(20)
    assert appliance.order == ["POST a", "POST b", "PUT x"]
    assert delivery.stop(20)
    assert not delivery.state.running


def test_the_thread_stops_at_once_during_a_pause(outbox: Outbox, client: Client, appliance: ScriptedAppliance) -> None:
    appliance.afterwards = Scripted(503, headers={"Retry-After": "600"})
    put(outbox, "a")
    delivery = Delivery(outbox, client)
    delivery.start()
    eventually(lambda: delivery.state.failures == 1)
    assert not delivery.drain(0.01)
    assert delivery.stop(20)
    assert outbox.counts().waiting == 1


def test_what_never_started_can_be_stopped(delivery: Delivery) -> None:
    assert delivery.stop(1)


def test_in_steady_rounds_nothing_goes_out_between_two(
    outbox: Outbox, client: Client, watch: Watch, appliance: ScriptedAppliance
) -> None:
    """Whoever watches the network learns from the moment of a sending not even that something was typed just now."""
    delivery = Delivery(outbox, client, steady=watch, rounds=0.5)
    delivery.start()
    assert step_until_rest(delivery) == 0.5
    put(outbox, "a")
    delivery.wake()
    eventually(lambda: appliance.order == ["POST a"])
    assert delivery.stop(20)
