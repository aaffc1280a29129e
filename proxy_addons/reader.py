"""Turn a message into what a person wrote or was shown, and hand that to the sensor."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import uuid4

from detection.extract import by_format, extract
from detection.extract.base import Message, Passage
from detection.extract.limits import noticing
from detection.extract.one_page import one_page
from detection.extract.said import Said
from detection.grading import Detection
from detection.growing_searches import Asked, GrowingSearches
from detection.helpline_mail import is_to_a_helpline
from detection.observation import Channel, Direction, Evidence, Observation, Subject
from detection.scrub import scrub_url
from detection.typed_documents import TypedDocuments
from proxy_addons.watchdog import Unread, Watchdog

Bundle = Callable[[], Evidence | None]


class Observe(Protocol):
    """``Sensor.observe``: detects, and returns once a detection is in the outbox."""

    def __call__(self, observation: Observation, evidence: Bundle, later: Bundle | None = None) -> Detection | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """All there is to know about a message beside its words."""

    subject: Subject
    seen_at: datetime
    host: str
    evidence: Bundle
    later: Bundle | None = None
    """Evidence that is complete only some seconds after."""
    page: bool = True
    """Whether its page text is put before the person; a stranger's advertisement in a page is not."""
    asked: Asked = Asked.UNSAID
    whole: bool = True
    """Whether all of the message was handed over; what was cut off of another is counted already."""


class Reader:
    """Runs on the inspection thread."""

    def __init__(self, observe: Observe, watchdog: Watchdog) -> None:
        self._observe, self._watchdog = observe, watchdog
        self._typed, self._growing = TypedDocuments(), GrowingSearches()

    def read(self, message: Message, around: Circumstances) -> bool:
        """Whether the message said anything."""
        self.pause(around.seen_at)
        return self.put(message, self._passages(message, around), around)

    def put(self, message: Message, passages: Iterator[Passage], around: Circumstances) -> bool:
        """What has been found in a message, here or elsewhere; whether that was anything."""
        if is_to_a_helpline(message):
            self._watchdog.bypassed("helpline")
            return True
        self._watchdog.count("read")
        found = False
        for passage in one_page(passages):
            found = True
            said = Said(passage, message.direction)
            if passage.edits:
                self._type(said, scrub_url(message.url), around)
            elif said.direction is Direction.WRITTEN and passage.channel is Channel.SEARCH and not message.frame:
                self._search(_observation(said, scrub_url(message.url), around), around)
            elif around.page or passage.channel is not Channel.PAGE:
                self._put(_observation(said, scrub_url(message.url), around), around)
        return found

    def heard(self, said: Said, location: str, around: Circumstances) -> None:
        """What was taken out of its protocol already. ``location`` says where, in the form of an address."""
        self._watchdog.count("read")
        self._put(_observation(said, scrub_url(location), around), around)

    def pause(self, now: datetime) -> None:
        """What somebody was typing when they stopped is read now. Every message asks for it, and so does the upkeep of
        a gateway on which nothing else happens."""
        self._typed.pause(now)
        self._growing.pause(now)

    def finish(self) -> None:
        """Nothing more will come."""
        self._typed.finish()
        self._growing.finish()

    def _type(self, said: Said, location: str, around: Circumstances) -> None:
        written = _observation(said, location, around)

        def hand_on(text: str) -> None:
            self._put(replace(written, id=uuid4().hex, text=text), around)

        place = written.subject.key, written.app, written.conversation
        self._typed.take(place, said.passage.edits, around.seen_at, hand_on)

    def _search(self, observation: Observation, around: Circumstances) -> None:
        place = observation.subject.key, around.host
        self._growing.take(
            place, observation.text, around.seen_at, around.asked, lambda: self._put(observation, around)
        )

    def _passages(self, message: Message, around: Circumstances) -> Iterator[Passage]:
        """A service's reader that fails blinds nobody: it is counted, and the message read by its format alone."""
        found: list[Passage] = []
        with noticing() as noted:
            for read in (extract, by_format):
                with self._watchdog.guard("reader"):
                    found += read(message)
                    break
        if noted.left_out and around.whole:
            self._watchdog.unread(Unread.LARGE)
        yield from found

    def _put(self, observation: Observation, around: Circumstances) -> None:
        self._watchdog.flag(lambda: self._observe(observation, around.evidence, around.later))


def _observation(said: Said, location: str, around: Circumstances) -> Observation:
    passage = said.passage
    return Observation(
        seen_at=around.seen_at,
        reported_at=around.seen_at,
        subject=around.subject,
        channel=passage.channel,
        direction=said.direction,
        app=passage.app or around.host,
        location=location,
        conversation=passage.conversation or around.host,
        author=passage.author,
        text=passage.text,
    )
