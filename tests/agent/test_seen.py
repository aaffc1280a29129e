"""Seen: one thing on the screen, named once and for all."""

from agent.seen import Seen
from detection.observation import Channel, Direction


def test_each_thing_seen_has_a_name_of_its_own_and_says_when() -> None:
    one, other = (Seen(channel=Channel.SCREEN, direction=Direction.SHOWN, app="Editor", text="x") for _ in range(2))
    assert one.id != other.id
    assert one.at.tzinfo is not None
    assert one.at <= other.at
