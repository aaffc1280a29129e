"""What the trial of a library comes to: captures and incidents counted by what would become of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.alerting import TELL_FROM
from appliance.library_trial import Grade, Outcome
from appliance.models import Incident, Organisation, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOutcome:
    """What becomes of an incident: it is as grave as the gravest of its captures."""

    now: Grade
    tried: Grade | None
    """None where no capture of it would be left."""
    verdict: str
    """What people made of it, such as “false positive”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    falls_away: int = 0
    regraded: int = 0
    stays: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Of one category or severity, as it is now."""

    name: str
    captures: Effect
    incidents: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """How many go the same way."""

    now: Grade
    tried: Grade | None
    captures: int
    incidents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    captures: Effect
    incidents: Effect
    categories: tuple[Row, ...]
    severities: tuple[Row, ...]
    phrases: tuple[tuple[str, Effect], ...]
    """Captures in which the phrase counts otherwise; a capture may stand under several."""
    through_sought: int
    """Captures in which none does: they change with what the person had written shortly before."""
    shifts: tuple[Shift, ...]
    verdicts: tuple[tuple[str, int], ...]
    """What people made of the incidents that would not have existed."""
    alerted: int
    """Incidents that somebody was alerted to,"""
    alerted_then: int
    """and that somebody would have been."""
    outdated: int
    """Captures among those looked at closely that the library in force would grade otherwise than they are stored."""
    changed: tuple[Outcome, ...]
    """The gravest first, then the oldest."""


def effects(outcomes: Sequence[Outcome], incidents: Sequence[IncidentOutcome], alert_from: int = TELL_FROM) -> Effects:
    changed = [each for each in outcomes if each.now != each.tried]
    return Effects(
        captures=_effect(outcomes),
        incidents=_effect(incidents),
        categories=_rows(outcomes, incidents, lambda grade: grade.category),
        severities=_rows(outcomes, incidents, lambda grade: str(grade.severity)),
        phrases=tuple(_by_phrase(outcomes)),
        through_sought=sum(not each.phrases for each in changed),
        shifts=tuple(_shifts(outcomes, incidents)),
        verdicts=tuple(Counter(each.verdict for each in incidents if each.tried is None).most_common()),
        alerted=sum(each.now.severity >= TELL_FROM for each in incidents),
        alerted_then=sum(each.tried is not None and each.tried.severity >= alert_from for each in incidents),
        outdated=sum(each.outdated for each in outcomes),
        changed=tuple(sorted(changed, key=lambda each: -each.now.severity)),
    )


def incidents_of(session: Session, school: Organisation, outcomes: Iterable[Outcome]) -> list[IncidentOutcome]:
    """Grouped as they are: what would have stood apart without a capture between is still one."""
    theirs: dict[int, list[Outcome]] = {}
    for each in outcomes:
        theirs.setdefault(each.incident_id, []).append(each)
    wanted = select(Incident).where(Incident.organisation_id == school.id).order_by(Incident.id)
    return [_incident(incident, theirs[incident.id]) for incident in session.scalars(wanted) if incident.id in theirs]


def _incident(incident: Incident, its: Sequence[Outcome]) -> IncidentOutcome:
    """By the detector: a grade that a person gave would stand as it is."""
    now = max((each.now for each in its), key=_severity)
    left = (each.tried for each in its if each.tried)
    return IncidentOutcome(now=now, tried=max(left, key=_severity, default=None), verdict=_verdict(incident))


def _severity(grade: Grade) -> int:
    return grade.severity


def _verdict(incident: Incident) -> str:
    if incident.status is Status.CLOSED and incident.outcome:
        return f"closed: {incident.outcome.replace('-', ' ')}"
    return {Status.NEW: "not judged yet"}.get(incident.status, incident.status.replace("-", " "))


def _effect(each: Iterable[Outcome | IncidentOutcome]) -> Effect:
    counts = Counter(_way(one) for one in each)
    return Effect(falls_away=counts["falls_away"], regraded=counts["regraded"], stays=counts["stays"])


def _way(one: Outcome | IncidentOutcome) -> str:
    if one.tried is None:
        return "falls_away"
    return "stays" if one.tried == one.now else "regraded"


def _rows(
    outcomes: Sequence[Outcome], incidents: Sequence[IncidentOutcome], name: Callable[[Grade], str]
) -> tuple[Row, ...]:
    names = sorted({name(each.now) for these in (outcomes, incidents) for each in these})
    return tuple(
        Row(
            name=wanted,
            captures=_effect(each for each in outcomes if name(each.now) == wanted),
            incidents=_effect(each for each in incidents if name(each.now) == wanted),
        )
        for wanted in names
    )


def _by_phrase(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, Effect]]:
    """What changes most stands first."""
    under: dict[str, list[Outcome]] = {}
    for each in outcomes:
        for phrase in each.phrases:
            under.setdefault(phrase, []).append(each)
    found = {phrase: _effect(its) for phrase, its in under.items()}
    yield from sorted(found.items(), key=lambda item: (-item[1].falls_away, -item[1].regraded, item[0]))


def _shifts(outcomes: Sequence[Outcome], incidents: Sequence[IncidentOutcome]) -> Iterator[Shift]:
    captures, whole = (Counter((each.now, each.tried) for each in these) for these in (outcomes, incidents))
    pairs = [(now, tried) for now, tried in captures.keys() | whole.keys() if now != tried]
    for now, tried in sorted(pairs, key=lambda pair: (-pair[0].severity, pair[0].category, pair[1] or Grade("", 0))):
        yield Shift(now=now, tried=tried, captures=captures[now, tried], incidents=whole[now, tried])
