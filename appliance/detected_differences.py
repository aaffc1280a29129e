"""How a detection that is derived again differs from the stored one, field by field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from appliance.detected_fields import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """In ids and figures, never in words that somebody wrote."""

    field: str
    stored: str
    derived: str


def compared(stored: Fields, derived: Fields | None) -> tuple[Difference, ...]:
    if derived is None:
        grade = f"{stored['category']} {stored['severity']}"
        return (Difference(field="detection", stored=grade, derived="nothing is raised"),)
    changed = (name for name in stored if stored[name] != derived[name])
    return tuple(each for name in changed for each in _of(name, stored[name], derived[name]))


def place(match: Fields) -> str:
    return f"{match['phrase']} ({match['category']} {match['severity']}) at {match['start']} to {match['end']}"


def _of(name: str, was: Any, now: Any) -> Iterator[Difference]:
    if name == "matches":
        yield from _matches(was, now)
    elif name == "opinion" and was and now:
        for part in was:
            if was[part] != now[part]:
                yield (
                    _words(f"opinion.{part}") if part == "passage" else _plain(f"opinion.{part}", was[part], now[part])
                )
    elif name == "opinion":
        yield _plain(name, *(f"{each['category']} {each['probability']}" if each else "none" for each in (was, now)))
    elif name == "reasons":
        same = sum(one == other for one, other in zip(was, now, strict=False))
        yield _plain(name, f"{len(was)} sentences", f"{len(now)} sentences, {same} of them in their place")
    elif name == "once":
        yield Difference(field=name, stored="of person, conversation and sentence", derived="another")
    elif name == "marks":
        yield _plain(name, *(", ".join(each) or "none" for each in (was, now)))
    else:
        yield _plain(name, was, now)


def _matches(was: Sequence[Fields], now: Sequence[Fields]) -> Iterator[Difference]:
    gone, new = [each for each in was if each not in now], [each for each in now if each not in was]
    for each in gone:
        again = next((other for other in new if place(other) == place(each)), None)
        if again:
            new.remove(again)
            yield _words(f"match {place(each)}")
        else:
            yield Difference(field="match", stored=place(each), derived="not found")
    for each in new:
        yield Difference(field="match", stored="not found", derived=place(each))
    if not (gone or new):
        yield Difference(field="matches", stored="in that order", derived="in another order")


def _plain(name: str, was: object, now: object) -> Difference:
    return Difference(field=name, stored=str(was), derived=str(now))


def _words(name: str) -> Difference:
    return Difference(field=name, stored="its words", derived="other words")
