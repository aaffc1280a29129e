"""What came of deriving a detection again, to read or as JSON: ids, figures and hashes, never words."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from appliance.detected_differences import place
from appliance.detected_fields import Fields, identity
from appliance.reproduction import Reproduction, Source

_FROM = {
    Source.BYTES: "its recorded bytes, which say its text",
    Source.MASKED_BYTES: "its recorded bytes, which say its text but for secrets that were not kept",
    Source.TEXT: "its stored text, not from bytes",
    Source.WITHHELD: "nothing: withheld by policy",
}


def verdict(made: Reproduction) -> str:
    if made.differences:
        return "differs"
    return "withheld by policy" if made.source is Source.WITHHELD else "equal"


def text(made: Reproduction) -> str:
    return "\n".join((f"capture {made.capture_id}: {verdict(made)}", *(f"  {line}" for line in _lines(made))))


def as_json(made: Reproduction) -> str:
    return json.dumps({
        "capture": made.capture_id,
        "verdict": verdict(made),
        "source": made.source,
        "why_text": made.why_text,
        "stored": _public(made.stored),
        "derived": made.derived and _public(made.derived),
        "differences": [asdict(each) for each in made.differences],
    })  # fmt: skip


def _public(fields: Fields) -> dict[str, Any]:
    """Without the hashes of words, which may be few enough to be guessed."""
    opinion = fields["opinion"]
    return {
        **{name: value for name, value in fields.items() if name not in ("reasons", "once")},
        "sha256": identity(fields),
        "matches": [_without(match, "written") for match in fields["matches"]],
        "opinion": opinion and _without(opinion, "passage"),
    }


def _without(fields: Fields, name: str) -> dict[str, Any]:
    return {each: value for each, value in fields.items() if each != name}


def _lines(made: Reproduction) -> Iterator[str]:
    stored = made.stored
    if made.source is not Source.WITHHELD:
        yield f"derived from  {_FROM[made.source]}{f'. {made.why_text}' if made.why_text else ''}"
        yield f"with          library {stored['library_version']}, {_model(stored['model_version'])}"
    yield f"stored        {_graded(stored)}"
    if made.derived is not None:
        yield f"derived       {_graded(made.derived)}"
        yield from _found(made)
    yield from (f"DIFFERS       {each.field}: {each.stored} | {each.derived}" for each in made.differences)


def _model(version: str) -> str:
    return f"model {version}" if version else "without a model: none was asked"


def _graded(fields: Fields) -> str:
    opinion = fields["opinion"]
    second = f", model {opinion['probability']} {opinion['effect']}" if isinstance(opinion, dict) else ""
    grade = f"{fields['category']} {fields['severity']}, score {fields['score']}, {fields['role']}{second}"
    return f"{identity(fields)[:16]}  {grade}"


def _found(made: Reproduction) -> Iterator[str]:
    again = made.derived["matches"] if made.derived else []
    for match in made.stored["matches"]:
        yield f"{'found again ' if match in again else 'not found   '}  {place(match)}"
