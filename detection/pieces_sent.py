"""What each person sent last in each conversation, in memory only, so that a phrase sent in pieces is read whole."""

from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from detection.grading import Detection
from detection.library import Category
from detection.matcher import Match
from detection.observation import Channel, Direction, Observation

CHANNELS = frozenset({Channel.MESSAGE, Channel.POST, Channel.PROMPT})
"""Where people send one line after the other."""
SECONDS = 120.0
"""Between one piece and the next."""
MOST = 4
"""Messages before the present one."""
LONGEST = 160
"""Characters of a message that may be a piece; what is longer has an end of its own."""
KEPT = 60
"""Characters kept of the end of each."""
_CLOSED = (".", "!", "?", "。", "؟")
_OPEN = ("..", "…")
"""“i want to...” goes on."""

_Place = tuple[str, str, str]
"""Person, app, conversation."""


@dataclass(frozen=True, slots=True)
class Piece:
    at: datetime
    tail: str
    known: Mapping[Category, int]
    """What was found in it, with the gravest severity of its phrases."""


class Joined:
    """The present message with the pieces before it, as one text."""

    def __init__(self, pieces: tuple[Piece, ...], text: str) -> None:
        self._pieces = pieces
        self._leading = "".join(f"{piece.tail} " for piece in pieces)
        self.text = self._leading + text

    def origin(self, start: int, end: int) -> tuple[int, int] | None:
        """Of what begins before the present message and ends in it, the part within it."""
        begins = len(self._leading)
        return (0, end - begins) if start < begins < end else None

    def said(self, start: int, end: int) -> str:
        before = " ".join(self._leading[start:].split())
        return f"It began in what the person sent just before: “{before}”. What came then completes it."

    def unknown(self, matches: list[Match]) -> list[Match]:
        """Without what one of the pieces was detected for already."""
        return [match for match in matches if match.phrase.severity > self._known(match)]

    def _known(self, match: Match) -> int:
        begins, known = 0, 0
        for piece in self._pieces:
            begins += len(piece.tail) + 1
            if match.start < begins:
                known = max(known, piece.known.get(match.phrase.category, 0))
        return known


class PiecesSent:
    def __init__(self, places_limit: int = 5000) -> None:
        self._places: OrderedDict[_Place, deque[Piece]] = OrderedDict()
        self._limit = places_limit
        self._lock = Lock()

    def joined(self, observation: Observation) -> Joined | None:
        """None where the message stands alone."""
        if not _may_be_piece(observation):
            return None
        with self._lock:
            known = tuple(self._places.get(_place(observation), ()))
        pieces = _unbroken(known, observation.seen_at)
        return Joined(pieces, observation.text) if pieces else None

    def keep(self, observation: Observation, found: Detection | None) -> None:
        if observation.direction is not Direction.WRITTEN or observation.channel not in CHANNELS:
            return
        place, text = _place(observation), observation.text.strip()
        with self._lock:
            if not _may_be_piece(observation) or (text.endswith(_CLOSED) and not text.endswith(_OPEN)):
                self._places.pop(place, None)
                return
            pieces = self._places.setdefault(place, deque(maxlen=MOST))
            if pieces and text.startswith(pieces[-1].tail):
                pieces.pop()  # a draft, sent again as it grows
            pieces.append(Piece(observation.seen_at, text[-KEPT:], _severities(found)))
            self._places.move_to_end(place)
            self._forget(observation.seen_at)

    def _forget(self, now: datetime) -> None:
        """Drop the conversations that have been silent for too long; the most silent stand first."""
        while self._places:
            place, pieces = next(iter(self._places.items()))
            if len(self._places) <= self._limit and now - pieces[-1].at <= timedelta(seconds=SECONDS):
                return
            del self._places[place]


def _place(observation: Observation) -> _Place:
    return observation.subject.key, observation.app, observation.conversation


def _may_be_piece(observation: Observation) -> bool:
    return (
        observation.direction is Direction.WRITTEN
        and observation.channel in CHANNELS
        and len(observation.text) <= LONGEST
    )


def _unbroken(pieces: tuple[Piece, ...], now: datetime) -> tuple[Piece, ...]:
    """The last ones, none long after the other; fields of one form are sent at the same moment and are no pieces."""
    kept: list[Piece] = []
    for piece in reversed(pieces):
        if not timedelta(0) < now - piece.at <= timedelta(seconds=SECONDS):
            break
        kept.append(piece)
        now = piece.at
    return tuple(reversed(kept))


def _severities(found: Detection | None) -> dict[Category, int]:
    known: dict[Category, int] = {}
    for match in found.matches if found else ():
        known[match.phrase.category] = max(known.get(match.phrase.category, 0), match.phrase.severity)
    return known
