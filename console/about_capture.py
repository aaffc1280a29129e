"""What the incident's page says about one capture."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from appliance.models import Capture, DrawState, Person
from appliance.permissions import visible_to
from console import access, db, passages, sealed_addresses
from console.identity import identity
from console.second_opinion import phrases, second_opinion
from console.wording import MARKS, ON_DEVICE
from detection.observation import Channel, Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    seen_at: datetime | None
    channel: str
    direction: str
    app: str
    text: str


def about(capture: Capture | None) -> dict[str, Any]:
    """What the page says about one capture, as the template's variables."""
    if capture is None:
        return {"capture": None}
    around = passages.NEAR if capture.picture else passages.AROUND
    shown = passages.passages(capture.text, capture.matches, around)
    return {
        "capture": capture,
        "address": sealed_addresses.address(capture),
        "passages": shown,
        "shortened": any(p.cut_before or p.cut_after for p in shown),
        "at_length": passages.at_length(capture.text, capture.matches),
        "identity": identity(capture.subject, _names_of_people(capture)),
        "device": capture.subject.get("device") or capture.subject.get("address"),
        "off_site": capture.off_site,
        "typed": capture.off_site is not None and _is_typed(capture),
        "marks": _marks(capture),
        "phrases": phrases(capture.matches),
        "second": second_opinion(capture.opinion, capture.matches),
        "before": [_earlier(b) for b in capture.before],
        "shows_picture": capture.picture is not None,
        "picture_note": _picture_note(capture),
    }


def _is_typed(capture: Capture) -> bool:
    return (capture.channel, capture.direction) == (Channel.SCREEN, Direction.WRITTEN)


def _marks(capture: Capture) -> list[str]:
    words = MARKS if capture.off_site is None else MARKS | ON_DEVICE
    return [words[mark] for mark in capture.marks if mark in words]


def _earlier(item: Mapping[str, Any]) -> Earlier:
    return Earlier(
        seen_at=_time(item.get("seen_at")),
        channel=str(item.get("channel", "")),
        direction=str(item.get("direction", "")),
        app=str(item.get("app", "")),
        text=str(item.get("text", "")),
    )


def _time(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


def _picture_note(capture: Capture) -> str:
    """Why there is no picture, in words."""
    if capture.draw_state == DrawState.WAITING:
        return "The picture is not drawn yet: the recorded page is still on its way. Until then, the words."
    if capture.draw_state == DrawState.WITHHELD:
        return "There is no picture, on purpose: nothing of what was there is kept or shown."
    if capture.draw_state == DrawState.DUE:
        return "The picture is being drawn and will be here in a moment. Until then, the words."
    return f"Here are the words alone. {capture.draw_note or capture.evidence_note or 'The page was not recorded.'}"


def _names_of_people(capture: Capture) -> dict[str, str]:
    refs = [str(ref) for ref in capture.subject.get("people") or ()]
    known = select(Person).where(Person.organisation_id == capture.organisation_id, Person.ref.in_(refs))
    return {p.ref: p.name for p in db.session().scalars(visible_to(access.reviewer(), known, Person))}
