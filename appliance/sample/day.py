"""The sample day: who there is, and what each of them does in which lesson."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from importlib.resources import files
from io import StringIO
from typing import Any

from detection.library import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    ref: str
    name: str
    role: str
    year: str
    address: str

    @property
    def nickname(self) -> str:
        """As they call themselves in a chat."""
        first, _, last = self.name.partition(" ")
        return f"{first} {last[:1]}"


@dataclass(frozen=True, slots=True)
class Search:
    who: Person
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    who: Person
    url: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the AI homework helper."""

    who: Person
    text: str


@dataclass(frozen=True, slots=True)
class Essay:
    who: Person
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """To a forum thread."""

    who: Person
    thread: str
    text: str


@dataclass(frozen=True, slots=True)
class Mail:
    who: Person
    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    author: Person | str
    """A name alone is somebody outside the school."""
    text: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation in a chat room."""

    room: str
    says: tuple[Line, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        return tuple(dict.fromkeys(line.author for line in self.says if isinstance(line.author, Person)))

    @property
    def outsiders(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.author for line in self.says if isinstance(line.author, str)))


Act = Search | Read | Ask | Essay | Reply | Mail | Talk


@dataclass(frozen=True, slots=True)
class Planned:
    lesson: str
    act: Act
    raises: Category | None
    """What the safeguarding lead should see of it; None for the innocent many."""

    @property
    def people(self) -> tuple[Person, ...]:
        return self.act.people if isinstance(self.act, Talk) else (self.act.who,)


@dataclass(frozen=True, slots=True)
class Day:
    people: tuple[Person, ...]
    acts: tuple[Planned, ...]


def people_csv() -> str:
    """For ``gatehouse people import``."""
    return (files("appliance.sample") / "people.csv").read_text("utf-8")


def load_day() -> Day:
    people = tuple(Person(**row) for row in csv.DictReader(StringIO(people_csv())))
    table = tomllib.loads((files("appliance.sample") / "day.toml").read_text("utf-8"))
    reader = _Reader({person.name: person for person in people}, table["outsiders"])
    lessons: list[tuple[time, str, list[dict[str, Any]]]] = [
        (lesson["starts"], lesson["name"], lesson["acts"]) for lesson in table["lesson"]
    ]
    acts = [reader.planned(name, entry) for _, name, entries in sorted(lessons) for entry in entries]
    return Day(people, tuple(acts))


class _Reader:
    def __init__(self, people: Mapping[str, Person], outsiders: list[str]) -> None:
        self._people, self._outsiders = people, outsiders

    def planned(self, lesson: str, entry: dict[str, Any]) -> Planned:
        raises = Category(entry["raises"]) if "raises" in entry else None
        return Planned(lesson, self._act(entry), raises)

    def _act(self, entry: dict[str, Any]) -> Act:
        if "room" in entry:
            return Talk(entry["room"], tuple(Line(self._author(name), text) for name, text in entry["says"]))
        who = self._people[entry["who"]]
        if "search" in entry:
            return Search(who, entry["search"])
        if "read" in entry:
            return Read(who, f"https://{entry['read']}")
        if "ask" in entry:
            return Ask(who, entry["ask"])
        if "essay" in entry:
            return Essay(who, entry["essay"], entry["text"])
        if "reply" in entry:
            return Reply(who, entry["reply"], entry["text"])
        return Mail(who, entry["to"], entry["mail"], entry["text"])

    def _author(self, name: str) -> Person | str:
        return name if name in self._outsiders else self._people[name]
