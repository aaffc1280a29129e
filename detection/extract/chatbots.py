"""What a general reader finds at a chatbot is asked of it or answered by it, whatever the format calls it."""

from dataclasses import replace

from detection.extract.base import Passage
from detection.observation import Channel, Direction

_WRITTEN = frozenset({Channel.POST, Channel.MESSAGE})


def with_a_chatbot(passage: Passage, direction: Direction) -> Passage:
    if direction is Direction.SHOWN:
        return replace(passage, channel=Channel.REPLY) if passage.channel is Channel.MESSAGE else passage
    return replace(passage, channel=Channel.PROMPT) if passage.channel in _WRITTEN else passage
