from collections.abc import Iterator
from typing import ClassVar

from detection.conversations.dialogue import MOST_HELD, Dialogue
from detection.extract.base import Passage
from detection.extract.said import Said
from detection.observation import Channel, Direction
from tests.detection.conversations.talks import hear, turns


class Riddle(Dialogue):
    """After “riddle” what follows is read only once the server has said how."""

    name: ClassVar[str] = "riddle"

    def ask(self, piece: bytes) -> Iterator[Said]:
        if piece == b"riddle":
            self.waits = "riddle"
        yield Said(Passage(channel=Channel.MESSAGE, text=piece.decode()), Direction.WRITTEN)

    def hear(self, piece: bytes) -> Iterator[Said]:
        if piece == b"secret":
            self.expect_a_secret()
        else:
            self.waits = ""
        yield Said(Passage(channel=Channel.MESSAGE, text=piece.decode()), Direction.SHOWN)


def said(*lines: str) -> list[str]:
    return [line[0] + line.rpartition("|")[2] for line in hear(Riddle(), turns(*lines))]


def test_what_depends_on_an_answer_waits_for_it() -> None:
    assert said("> riddle", "> held") == [">riddle"]
    assert said("> riddle", "> held", "< yes", "> more") == [">riddle", "<yes", ">held", ">more"]


def test_a_secret_is_passed_over_whether_it_came_before_or_after_it_was_asked_for() -> None:
    for order in (("> hush", "< secret"), ("< secret", "> hush")):
        assert said("> riddle", *order, "< yes", "> more") == [">riddle", "<secret", "<yes", ">more"]


def test_a_client_that_does_not_wait_is_followed_only_so_far() -> None:
    riddle = Riddle()
    hear(riddle, turns("> riddle", "> " + "x" * MOST_HELD))
    assert riddle.unseen == "broken"
