"""Which incidents a list's address asks for."""

from dataclasses import dataclass
from typing import Any, TypeVar

from flask import url_for
from sqlalchemy import Select
from werkzeug.datastructures import MultiDict

from appliance.models import Incident, Organisation, Person, Status
from console.wording import CATEGORIES, STATUSES

S = TypeVar("S", bound=Select[*tuple[Any, ...]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the address asks for; what means nothing is left out."""

    status: Status = Status.NEW
    severity: int | None = None
    category: str = ""
    person: str = ""
    school: str = ""
    page: int = 1
    replayed: bool = False
    """Only what comes from recordings, which stands in no other list."""

    @property
    def narrowed(self) -> bool:
        return bool(self.severity or self.category or self.person or self.school)


def read(arguments: "MultiDict[str, str]") -> Wanted:
    status, severity = arguments.get("status", ""), arguments.get("severity", "")
    category, page = arguments.get("category", ""), arguments.get("page", "")
    return Wanted(
        status=Status(status) if status in STATUSES else Status.NEW,
        severity=int(severity) if severity in {"1", "2", "3", "4", "5"} else None,
        category=category if category in CATEGORIES else "",
        person=arguments.get("person", "").strip()[:100],
        school=arguments.get("school", "").strip()[:100],
        replayed=arguments.get("replayed", "") == "yes",
        page=int(page) if page.isascii() and page.isdigit() and 0 < int(page[:6]) == int(page) else 1,
    )


def narrowed(listed: S, wanted: Wanted) -> S:
    listed = listed.where(Incident.replayed.is_(wanted.replayed))
    if wanted.severity:
        listed = listed.where(Incident.severity == wanted.severity)
    if wanted.category:
        listed = listed.where(Incident.category == wanted.category)
    if wanted.person:
        listed = listed.where(Incident.person.has(Person.name.icontains(wanted.person, autoescape=True)))
    if wanted.school:
        listed = listed.where(Incident.organisation.has(Organisation.slug == wanted.school))
    return listed


def address(wanted: Wanted) -> str:
    return url_for(
        "queue.show",
        status=wanted.status,
        severity=wanted.severity,
        category=wanted.category or None,
        person=wanted.person or None,
        school=wanted.school or None,
        page=wanted.page,
        replayed="yes" if wanted.replayed else None,
    )
