"""Play the sample day through the gateway, each person from their own address, several at a time."""

import ssl
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from threading import Event, Lock
from time import monotonic
from urllib.parse import quote, quote_plus

import urllib3
from websockets.exceptions import WebSocketException

from appliance.sample.browser import Browser, BrowserError, Route
from appliance.sample.chat_client import ChatClient, ChatError, joined, straight_to, through_proxy
from appliance.sample.day import Act, Ask, Day, Essay, Mail, Person, Planned, Read, Reply, Search, Talk
from appliance.sample.sites import CHAT_HOST

LANES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where the day is played."""

    proxy: str
    root: str
    """PEM file with the gateway's root certificate."""
    chat: tuple[str, int]
    """The chat itself, for those outside the school."""
    chat_root: str


@dataclass(frozen=True, slots=True)
class Failure:
    planned: Planned
    why: str


@dataclass(slots=True)
class Tally:
    played: int = 0
    failures: list[Failure] = field(default_factory=list)


def play(
    day: Day,
    stage: Stage,
    *,
    seconds: float,
    seed: int = 1,
    stop: Event | None = None,
    on_played: Callable[[Planned, str], None] = lambda planned, why: None,
) -> Tally:
    """Spread the acts over ``seconds`` or, on a slow machine, more; report each with why it failed or ``""``."""
    tally, lock, stop, started = Tally(), Lock(), stop or Event(), monotonic()
    order = in_order(day.acts, seed)
    due = {id(planned): started + seconds * index / len(order) for index, planned in enumerate(order)}

    def walk(lane: Sequence[Planned]) -> None:
        with Player(stage) as player:
            for planned in lane:
                if stop.wait(max(0.0, due[id(planned)] - monotonic())):
                    return
                why = player.act(planned)
                with lock:
                    tally.played += 1
                    if why:
                        tally.failures.append(Failure(planned, why))
                    on_played(planned, why)

    with ThreadPoolExecutor(LANES, "pupils") as pool:
        try:
            list(pool.map(walk, lanes(order, LANES)))
        except BaseException:
            stop.set()
            raise
    return tally


def in_order(acts: Iterable[Planned], seed: int) -> list[Planned]:
    """Lesson by lesson; within one, people take turns as the seed has it and keep their own order."""
    random = Random(seed)  # noqa: S311 (a timetable, not a secret)
    order: list[Planned] = []
    for _, lesson in groupby(acts, key=lambda planned: planned.lesson):
        queues = [list(queue) for queue in lanes(list(lesson), most=None)]
        while queues:
            queue = random.choice(queues)
            order.append(queue.pop(0))
            queues = [queue for queue in queues if queue]
    return order


def lanes(acts: Sequence[Planned], most: int | None) -> list[list[Planned]]:
    """Acts that can go on side by side: nobody is in two lanes, and who talks to one another shares one."""
    circles: list[set[str]] = []
    for planned in acts:
        circle = {person.ref for person in planned.people}
        met = [other for other in circles if other & circle]
        circles = [other for other in circles if not other & circle] + [circle.union(*met)]
    groups = [[planned for planned in acts if planned.people[0].ref in circle] for circle in circles]
    if most is None:
        return groups
    filled: list[list[Planned]] = [[] for _ in range(most)]
    for group in sorted(groups, key=len, reverse=True):
        min(filled, key=len).extend(group)
    position = {id(planned): index for index, planned in enumerate(acts)}
    return [sorted(lane, key=lambda planned: position[id(planned)]) for lane in filled]


class Player:
    """Plays the people of one lane; each keeps one browser through the day."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._browsers: dict[str, Browser] = {}

    def __enter__(self) -> "Player":
        return self

    def __exit__(self, *ending: object) -> None:
        for browser in self._browsers.values():
            browser.close()

    def act(self, planned: Planned) -> str:
        """Do it; answer why it failed, or nothing."""
        try:
            self._do(planned.act)
        except (BrowserError, ChatError) as e:
            return str(e)
        except (urllib3.exceptions.HTTPError, WebSocketException, ssl.SSLError, OSError, ValueError) as e:
            # Their messages can carry a whole address, so only the kind is told.
            return type(e).__name__
        return ""

    def _do(self, act: Act) -> None:
        match act:
            case Talk():
                self._talk(act)
            case Search():
                self._browser(act.who).open(f"https://www.lookup.test/search?q={quote_plus(act.text)}")
            case Read():
                self._browser(act.who).open(act.url)
            case Ask():
                page = self._browser(act.who).open("https://helper.test/")
                asked = {"messages": [{"role": "user", "content": act.text}]}
                self._browser(act.who).send_json(page, "/api/chat", asked)
            case Essay():
                page = self._browser(act.who).open("https://homework.test/hand-in")
                self._browser(act.who).submit(page, "/hand-in", {"title": act.title, "essay": act.text})
            case Reply():
                page = self._browser(act.who).open(f"https://forum.schoolyard.test/thread/{act.thread}")
                fields = {"author": act.who.nickname, "text": act.text}
                self._browser(act.who).submit(page, f"/thread/{act.thread}/reply", fields)
            case Mail():
                page = self._browser(act.who).open("https://post.schoolyard.test/")
                fields = {"to": act.to, "subject": act.subject, "message": act.text}
                self._browser(act.who).submit(page, "/send", fields)

    def _talk(self, talk: Talk) -> None:
        for person in talk.people:
            self._browser(person).open(f"https://{CHAT_HOST}/?room={quote(talk.room)}")
        with ExitStack() as stack:
            clients: dict[Person | str, ChatClient] = {}
            for person in talk.people:
                connection = through_proxy(self._route(person))
                inside = joined(connection, self._stage.root, talk.room, person.nickname)
                clients[person] = stack.enter_context(inside)
            for outsider in talk.outsiders:
                connection = straight_to(self._stage.chat)
                outside = joined(connection, self._stage.chat_root, talk.room, outsider)
                clients[outsider] = stack.enter_context(outside)
            for line in talk.says:
                clients[line.author].say(line.text)
                author = line.author if isinstance(line.author, str) else line.author.nickname
                for client in clients.values():
                    client.hear(author, line.text)

    def _browser(self, person: Person) -> Browser:
        if person.ref not in self._browsers:
            self._browsers[person.ref] = Browser(self._route(person))
        return self._browsers[person.ref]

    def _route(self, person: Person) -> Route:
        return Route(self._stage.proxy, self._stage.root, person.address)
