"""A session's end: what was seen is said until it was taken, whatever becomes of the service."""

from pathlib import Path

import pytest

from agent.link.frames import Hello, Unseen
from agent.link.saying import Saying
from agent.orders import NOT_CONNECTED, Orders
from agent.seen import Seen
from detection.observation import Channel, Direction
from tests.agent.link.listening import listening
from tests.detection.scripted_appliance import eventually

HELLO = Hello(version="1.0", desktop="openbox")


def seen(text: str, picture: bytes = b"") -> Seen:
    return Seen(channel=Channel.DOCUMENT, direction=Direction.WRITTEN, app="Writer", text=text, picture=picture)


def test_what_is_seen_is_said_in_its_order_and_forgotten_once_taken(tmp_path: Path) -> None:
    with listening(tmp_path / "s") as service:
        saying = Saying(HELLO, path=tmp_path / "s")
        saying.start()
        for number in range(100):
            saying.say(seen(f"sentence {number}", b"picture"))
        assert saying.stop(20)
        assert [each.text for each in service.seen] == [f"sentence {number}" for number in range(100)]
        assert service.heard[0] == HELLO
        assert saying.waiting == 0


def test_orders_are_passed_on_whenever_they_change(tmp_path: Path) -> None:
    given = list[Orders]()
    first, second = Orders(screen=True), Orders(paused="outside the school's hours")
    saying = Saying(HELLO, given.append, path=tmp_path / "s")
    assert saying.orders.paused == NOT_CONNECTED
    with listening(tmp_path / "s", first) as service:
        saying.start()
        eventually(lambda: given == [first])
        service.tell(second)
        eventually(lambda: given == [first, second])
    assert saying.orders == second
    saying.stop(0)


def test_what_the_service_did_not_take_is_said_again_when_it_is_back(tmp_path: Path) -> None:
    saying = Saying(HELLO, path=tmp_path / "s")
    one, two = seen("one"), seen("two")
    saying.say(one)
    saying.start()
    with listening(tmp_path / "s", takes=False) as deaf:
        eventually(lambda: deaf.seen == [one])
    saying.say(two)
    with listening(tmp_path / "s") as service:
        eventually(lambda: saying.waiting == 0)
        assert service.seen == [one, two]
    saying.stop(0)


def test_no_more_is_said_at_once_than_the_service_need_keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.link.saying.AT_ONCE", 3)
    saying = Saying(HELLO, path=tmp_path / "s")
    with listening(tmp_path / "s", takes=False) as deaf:
        for number in range(5):
            saying.say(seen(str(number)))
        saying.start()
        eventually(lambda: len(deaf.seen) == 3)
        assert saying.stop(0.1) is False
        assert len(deaf.seen) == 3


def test_while_the_service_is_away_pictures_go_before_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.link.saying.MOST", 3)
    monkeypatch.setattr("agent.link.saying.MOST_PICTURES", 20)
    saying = Saying(HELLO, path=tmp_path / "s")
    for number in range(5):
        saying.say(seen(str(number), bytes(10)))
    saying.start()
    with listening(tmp_path / "s") as service:
        eventually(lambda: saying.waiting == 0)
        assert [(each.text, len(each.picture)) for each in service.seen] == [("2", 0), ("3", 10), ("4", 10)]
    saying.stop(0)


def test_what_cannot_be_seen_is_said_when_it_changes_and_anew_to_another_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.link.saying.STILL_HERE", 0.05)
    unseen = ["No pictures."]
    saying = Saying(HELLO, path=tmp_path / "s", unseen=lambda: unseen)
    saying.start()
    with listening(tmp_path / "s") as service:
        eventually(lambda: Unseen(said=("No pictures.",)) in service.heard)
        unseen.clear()
        eventually(lambda: Unseen() in service.heard)
        assert sum(isinstance(each, Unseen) for each in service.heard) == 2
    unseen.append("No pictures.")
    with listening(tmp_path / "s") as other:
        eventually(lambda: Unseen(said=("No pictures.",)) in other.heard)
    saying.stop(0)
