"""What ``gatehouse library try`` prints: counts, and ids of captures; never a word of what was written."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from appliance.alerting import TELL_FROM
from appliance.library_effects import Effect, Effects, Row
from appliance.library_trial import Grade, Outcome

NOTE = (
    "Known is only what would fall away or be graded otherwise. Text in which nothing was found is stored nowhere, so "
    "what an added or widened phrase would have raised beside these captures cannot be told."
)
_WIDTH = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The trial of one school."""

    school: str
    library: str
    """The version in force."""
    tried: str
    alert_from: int
    effects: Effects


def text(trials: Sequence[Tried], most: int) -> str:
    """``most``: captures listed of each school."""
    return "\n\n".join((*("\n".join(_school(each, most)) for each in trials), NOTE))


def as_json(trials: Sequence[Tried], most: int) -> str:
    return json.dumps({"schools": [_fields(each, most) for each in trials], "note": NOTE}, indent=2)


def _school(trial: Tried, most: int) -> Iterator[str]:
    found = trial.effects
    yield f"{trial.school}: library {trial.library} → {trial.tried}"
    if not _total(found.captures):
        yield "No captures are stored."
        return
    yield f"{'':{_WIDTH}}{'captures':>31}{'incidents':>33}"
    yield f"{'':{_WIDTH}}" + 2 * f"{'fall away':>12}{'re-graded':>11}{'stay':>9} "
    yield _line("all", found.captures, found.incidents)
    for title, rows in (("category", found.categories), ("severity", found.severities)):
        yield title
        yield from (_line(f"  {row.name}", row.captures, row.incidents) for row in rows)
    yield "phrase"
    yield from (_line(f"  {phrase}", effect) for phrase, effect in found.phrases)
    if found.through_sought:
        yield f"  {found.through_sought} more change with what the person had written shortly before."
    elif not found.phrases:
        yield "  none of these captures holds one that counts otherwise"
    yield from _moves(found)
    yield _alerts(trial)
    if found.outdated:
        yield (
            f"{found.outdated} of the captures looked at would be graded otherwise, or not raised, by the library in "
            "force already: they are from an older library or program. Their change is counted from today's grade."
        )
    yield from (_listed(each) for each in found.changed[:most])


def _line(name: str, *effects: Effect) -> str:
    cells = (f"{each.falls_away:>12,}{each.regraded:>11,}{each.stays:>9,} " for each in effects)
    return f"{name:{_WIDTH}}{''.join(cells)}".rstrip()


def _moves(found: Effects) -> Iterator[str]:
    for number, shift in enumerate(found.shifts):
        if not number:
            yield f"{'from → to':{_WIDTH}}{'captures':>12}{'incidents':>11}"
        yield f"  {_way(shift.now, shift.tried):{_WIDTH - 2}}{shift.captures:>12,}{shift.incidents:>11,}"
    if found.verdicts:
        said = ", ".join(f"{count} {verdict}" for verdict, count in found.verdicts)
        yield f"People made of the {found.incidents.falls_away} incidents that would not have been: {said}."


def _alerts(trial: Tried) -> str:
    found = trial.effects
    return (
        f"Alerts: {found.alerted} incidents from severity {TELL_FROM} → {found.alerted_then} from severity "
        f"{trial.alert_from}."
    )


def _listed(outcome: Outcome) -> str:
    return f"  {outcome.capture_id}  incident {outcome.incident_id}  {_way(outcome.now, outcome.tried)}"


def _way(now: Grade, tried: Grade | None) -> str:
    return f"{now} → {tried or 'falls away'}"


def _total(effect: Effect) -> int:
    return effect.falls_away + effect.regraded + effect.stays


def _fields(trial: Tried, most: int) -> dict[str, Any]:
    found = trial.effects
    return {
        "school": trial.school,
        "library": trial.library,
        "tried": trial.tried,
        "captures": asdict(found.captures),
        "incidents": asdict(found.incidents),
        "categories": _rows(found.categories),
        "severities": _rows(found.severities),
        "phrases": [{"phrase": phrase, **asdict(effect)} for phrase, effect in found.phrases],
        "through_sought": found.through_sought,
        "shifts": [asdict(shift) for shift in found.shifts],
        "verdicts": dict(found.verdicts),
        "alerts": {
            "from": TELL_FROM,
            "incidents": found.alerted,
            "tried_from": trial.alert_from,
            "tried_incidents": found.alerted_then,
        },
        "outdated": found.outdated,
        "list": [
            {
                "capture": each.capture_id,
                "incident": each.incident_id,
                "now": asdict(each.now),
                "tried": asdict(each.tried) if each.tried else None,
            }
            for each in found.changed[:most]
        ],
    }


def _rows(rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]
