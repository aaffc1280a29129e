"""What a general reader finds at a chatbot is asked of it or answered by it, whatever the format calls it."""

from dataclasses import replace
from urllib.parse import urlsplit

from detection.extract.base import Passage
from detection.observation import Channel, Direction

UNNAMED = ("you.com", "chai-research.com")
"""Chatbots whose messages nobody has described, so that no named service reads them."""

_WRITTEN = frozenset({Channel.POST, Channel.MESSAGE})


def is_unnamed_chatbot(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return host.endswith(UNNAMED) and any(host == name or host.endswith(f".{name}") for name in UNNAMED)


def with_a_chatbot(passage: Passage, direction: Direction) -> Passage:
    if direction is Direction.SHOWN:
        return replace(passage, channel=Channel.REPLY) if passage.channel is Channel.MESSAGE else passage
    return replace(passage, channel=Channel.PROMPT) if passage.channel in _WRITTEN else passage
