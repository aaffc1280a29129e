"""Read a policy, as a school writes it and as a device gets it: the one place that says what will do in it."""

import json
from collections.abc import Iterable
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from detection.agent_policy.fields import Fields, PolicyError, moment
from detection.agent_policy.notice import Notice
from detection.agent_policy.policy import Holiday, Hours, Network, Place, Policy, Scope, Scopes
from detection.agent_policy.private_window import PrivateWindow
from detection.library import Category

MOST_EARLIER = 10
"""Pictures of before; each is held in memory."""
LONGEST_TEXT = 2000
_LINKS = ("https", "http", "mailto", "tel")
_NOTICE = ("school", "text", "by", "link", "help")
_WINDOW = ("title", "app", "address")
_BOTH = ("on_site", "off_site")
_SCOPE = (
    "watch", "keep_from", "pictures", "earlier_pictures", "screen", "ocr", "documents", "prints", "removable",
    "deleted",
)  # fmt: skip
_POLICY = (
    "version", "notice", "hours", "holidays", "time_zone", "outside_hours", *_BOTH, "groups", "networks",
    "private_windows", "folders", "second_opinion",
)  # fmt: skip


def read_told(content: bytes) -> Policy:
    """What an appliance says to a device. PolicyError where it is none."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        raise PolicyError("the policy: is not JSON") from None
    policy = Reading(strictly=False).policy(said, Policy())
    if not policy.version:
        raise PolicyError("version: is empty")
    return policy


def read_written(said: Any, plain: Policy) -> Policy:
    """What somebody wrote for a school, completed by ``plain``. PolicyError also where a field is not known here."""
    return Reading(strictly=True).policy(said, plain)


class Reading:
    """``strictly``: a field that is not known is refused, for it was mistyped."""

    def __init__(self, *, strictly: bool) -> None:
        self._strictly = strictly

    def policy(self, said: Any, plain: Policy) -> Policy:
        all = self._fields(said, "", _POLICY)
        school = self._scopes(all, plain.school)
        return Policy(
            version=all.text("version", 100, plain.version),
            notice=self._notice(all, plain.notice),
            hours=tuple(map(_hours, self._each(all, "hours", ("days", "from", "to")))),
            holidays=tuple(map(_holiday, self._each(all, "holidays", ("from", "to")))),
            time_zone=_zone(all) if "time_zone" in all.said else plain.time_zone,
            outside_hours=_place(all, "outside_hours", (Place.OFF_SITE, Place.OFF), plain.outside_hours),
            school=school,
            groups=self._groups(all, school),
            networks=tuple(map(_network, self._each(all, "networks", ("addresses", "scope")))),
            private_windows=tuple(map(_window, self._each(all, "private_windows", _WINDOW))),
            folders=tuple(_folders(all)) if "folders" in all.said else plain.folders,
            second_opinion=all.truth("second_opinion", plain.second_opinion),
        )

    def _fields(self, said: Any, where: str, known: tuple[str, ...]) -> Fields:
        return Fields(said, where, known if self._strictly else None)

    def _part(self, of: Fields, name: str, known: tuple[str, ...]) -> Fields:
        return self._fields(of.said.get(name, {}), of.where(name), known)

    def _each(self, of: Fields, name: str, known: tuple[str, ...]) -> Iterable[Fields]:
        return [self._fields(said, of.where(f"{name}[{at}]"), known) for at, said in enumerate(of.listed(name))]

    def _notice(self, all: Fields, plain: Notice) -> Notice:
        part = self._part(all, "notice", _NOTICE)
        said = {name: part.text(name, LONGEST_TEXT, getattr(plain, name)) for name in _NOTICE}
        for name in ("link", "help"):
            if said[name] and urlsplit(said[name]).scheme not in _LINKS:
                part.refuse(name, f"must begin with {', '.join(f'{each}:' for each in _LINKS)}")
        if not said["school"] or not said["by"]:
            all.refuse("notice", "must say the school, and by whom devices are watched")
        return Notice(**said)

    def _groups(self, all: Fields, school: Scopes) -> dict[str, Scopes]:
        groups = Fields(all.said.get("groups", {}), "groups")
        return {name: self._scopes(self._part(groups, name, _BOTH), school) for name in groups.said}

    def _scopes(self, part: Fields, plain: Scopes) -> Scopes:
        on_site = _scope(self._part(part, "on_site", _SCOPE), plain.on_site)
        return Scopes(on_site=on_site, off_site=_scope(self._part(part, "off_site", _SCOPE), plain.off_site))


def _scope(part: Fields, plain: Scope) -> Scope:
    return Scope(
        watch=part.truth("watch", plain.watch),
        keep_from=part.whole("keep_from", plain.keep_from, 1, 5),
        pictures=part.truth("pictures", plain.pictures),
        earlier_pictures=part.whole("earlier_pictures", plain.earlier_pictures, 0, MOST_EARLIER),
        screen=part.truth("screen", plain.screen),
        ocr=part.truth("ocr", plain.ocr),
        documents=part.truth("documents", plain.documents),
        prints=part.truth("prints", plain.prints),
        removable=part.truth("removable", plain.removable),
        deleted=frozenset(_categories(part)) if "deleted" in part.said else plain.deleted,
    )


def _categories(part: Fields) -> Iterable[Category]:
    known = {each.value: each for each in Category}
    for name in part.listed("deleted"):
        if not isinstance(name, str) or name not in known:
            part.refuse("deleted", f"{name!r} is no category; categories are {', '.join(known)}")
        yield known[name]


def _hours(part: Fields) -> Hours:
    days = part.listed("days")
    if not days or not all(type(day) is int and 1 <= day <= 7 for day in days):
        part.refuse("days", "must be numbers from 1 (Monday) to 7 (Sunday)")
    begin, end = part.clock("from"), part.clock("to")
    if begin == end or begin == "24:00":
        part.refuse("to", "ends when it begins" if begin == end else "must come after from, which is the day's end")
    return Hours(days=frozenset(days), begin=moment(begin), end=moment(end))


def _holiday(part: Fields) -> Holiday:
    first, last = part.day("from"), part.day("to")
    if last < first:
        part.refuse("to", "must not lie before from")
    return Holiday(first=first, last=last)


def _zone(all: Fields) -> ZoneInfo:
    return all.made("time_zone", 64, ZoneInfo, "{text!r} is no time zone known here, such as Europe/London")


def _network(part: Fields) -> tuple[Network, Place]:
    network = part.made("addresses", 64, ip_network, "{error}; write a network such as 10.9.0.0/16")
    return network, _place(part, "scope", tuple(Place), None)


def _place(part: Fields, name: str, known: tuple[Place, ...], plain: Place | None) -> Place:
    value = part.said.get(name, plain)
    if value not in known:
        part.refuse(name, f"must be {' or '.join(known)}")
    return Place(value)


def _window(part: Fields) -> PrivateWindow:
    window = PrivateWindow(**{name: part.text(name, 200, "") for name in _WINDOW})
    if window == PrivateWindow():
        part.refuse("title", "must say a title, an app or an address; an empty one is every window")
    return window


def _folders(all: Fields) -> Iterable[str]:
    for at, name in enumerate(all.listed("folders")):
        parts = name.replace("\\", "/").split("/") if isinstance(name, str) and len(name) <= 200 else [""]
        if not name or "" in map(str.strip, parts) or ".." in parts or ":" in name:
            all.refuse(f"folders[{at}]", "must be a folder in somebody's home, such as Documents")
        yield name
