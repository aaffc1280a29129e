"""What begins where a server of HTTP/1 speaks, when it is no answer with a head, told from its first bytes."""

from enum import Enum, auto

from proxy_addons.replay.http1_grammar import RESPONSES
from proxy_addons.replay.http1_pairing import Http1Exchange, Pairing
from proxy_addons.replay.http1_reader import Http1Reader


class Beginning(Enum):
    USUAL = auto()
    """An answer with its head, or more of the one that is being read."""
    HEADLESS = auto()
    """The answer to the oldest request, as in HTTP/0.9, or the middle of one where the capture begins."""
    NEXT = auto()
    """An answer with its head behind one of which nothing told where it ends."""


def beginning(data: bytes, server: Http1Reader, pairing: Pairing, answering: Http1Exchange | None) -> Beginning:
    """``data``: what the server says now; ``answering``: what is being answered, if anything is."""
    first = pairing.first
    begins_otherwise = server.has_begun_otherwise(data)
    if begins_otherwise and (not first.target if first else pairing.is_empty):
        return Beginning.HEADLESS
    # An HTTP/0.9 server would say no more to another request: the head was only not captured.
    may_be_over = answering and (server.is_unchunked or (first is not None and answering.headless))
    return Beginning.NEXT if may_be_over and RESPONSES.begins.match(data) else Beginning.USUAL
