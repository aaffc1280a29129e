"""What both sides of a connection have said while it is not known yet what they speak."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from detection.conversations.recognition import Not, recognised
from proxy_addons.replay.http1_grammar import REQUESTS, RESPONSES
from proxy_addons.replay.protocols import Speaks, answers, begins_tls, speaks
from proxy_addons.replay.stream import Event, Side, What

MOST = 128 << 10
"""Bytes a side may say before it must be known."""
LATEST = 8 << 10
"""Bytes a side may say of something else before HTTP begins."""
LONGEST_BEGINNING = 2 << 10
"""Of a request's first line, where it is searched for."""
TELLING = 64 << 10
"""Of these, the first bytes that are looked at."""

_KNOWN = re.compile(rb"[A-Z_-]*?((?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|CONNECT) )")
"""Letters right before a method are the last of what came before it."""
_TAG = re.compile(rb"</?[a-zA-Z][^<>\0]{0,500}>")
LEAST_TAGS = 3


@dataclass(slots=True)
class Opening:
    events: list[Event] = field(default_factory=list)
    _is_other: bool = False
    """Nothing that comes later makes it anything else, but that HTTP may begin behind it."""
    _said: dict[Side, bytearray] = field(default_factory=lambda: {side: bytearray() for side in Side})
    _searched: dict[Side, int] = field(default_factory=lambda: dict.fromkeys(Side, 0))

    def add(self, event: Event) -> None:
        self.events.append(event)
        self._said[event.side] += event.data

    def said(self, side: Side) -> bytes:
        return bytes(self._said[side][:TELLING])

    @property
    def speaks(self) -> Speaks:
        """What the client speaks; where it is silent or in the middle of something, what the server's answers say."""
        spoken = Speaks.OTHER if self._is_other else self._told()
        self._is_other = spoken is Speaks.OTHER
        return spoken

    def _told(self) -> Speaks:
        spoken = speaks(self.said(Side.CLIENT))
        if spoken in (Speaks.OTHER, Speaks.UNDECIDED):
            clear = recognised(self.said(Side.CLIENT), self.said(Side.SERVER))
            if not isinstance(clear, Not):
                return Speaks.CLEAR
            if clear is Not.YET and not self.is_enough:
                return Speaks.UNDECIDED
        if spoken is Speaks.OTHER and REQUESTS.begins.search(self.said(Side.CLIENT)):
            return spoken
        if spoken is Speaks.OTHER or (spoken is Speaks.UNDECIDED and self.is_enough):
            answered = answers(self.said(Side.SERVER))
            return answered if answered is not Speaks.UNDECIDED or not self.is_enough else spoken
        return spoken

    @property
    def is_turned(self) -> bool:
        """Whether who was taken for the server asks, and is the client."""
        if self._is_other:
            return False
        client, server = self.said(Side.CLIENT), self.said(Side.SERVER)
        if begins_tls(server):
            return not begins_tls(client)
        mine, other = speaks(client), speaks(server)
        if mine not in (Speaks.OTHER, Speaks.UNDECIDED):
            return False
        return other in (Speaks.HTTP1, Speaks.HTTP2) or (
            recognised(client, server) is Not.KNOWN and not isinstance(recognised(server, client), Not)
        )

    @property
    def is_enough(self) -> bool:
        """Nothing more will come that could decide."""
        ended = {event.side for event in self.events if event.what is What.END}
        most = LATEST if self._is_other else MOST
        return len(ended) == len(Side) or any(len(said) > most for said in self._said.values())

    @property
    def is_silent(self) -> bool:
        return not any(self._said.values())

    def http_begins(self) -> Side | None:
        """Which side asks, once HTTP begins behind something else: a balancer's line, a greeting of its own kind. What
        was before is left out from here on. To be asked as each event comes."""
        for side in Side:
            said, before = self._said[side], max(0, self._searched[side] - LONGEST_BEGINNING)
            self._searched[side] = len(said)
            if found := REQUESTS.begins.search(said, before):
                other = self._said[side.other]
                answer = RESPONSES.begins.search(other)
                begins = _KNOWN.match(said, found.start())
                lengths = {
                    side: begins.start(1) if begins else found.start(),
                    side.other: answer.start() if answer else len(other),
                }
                self.events = list(self.behind(lengths))
                return side
        return None

    @property
    def page(self) -> Side | None:
        """Which side is in the middle of a page whose beginning, and who asked for it, was not captured."""
        tags = {side: len(_TAG.findall(self.said(side))) for side in Side}
        return next((side for side in (Side.SERVER, Side.CLIENT) if tags[side] >= LEAST_TAGS), None)

    def turn(self) -> None:
        self.events = [event._replace(side=event.side.other) for event in self.events]
        self._said = {side: self._said[side.other] for side in Side}

    def behind(self, lengths: dict[Side, int]) -> Iterator[Event]:
        """The events without so many first bytes of each side."""
        left = dict(lengths)
        for event in self.events:
            data = event.data[left[event.side] :]
            left[event.side] -= len(event.data) - len(data)
            if data or event.what is not What.DATA:
                yield event._replace(data=data)
