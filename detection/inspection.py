"""``gatehouse inspect``: what would be detected in a text, and why, in plain words or line by line as JSON."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from detection.detector import Detector
from detection.grading import Detection
from detection.library import SHIPPED, LibraryError
from detection.matcher import Match
from detection.model.second_opinion import SecondOpinion
from detection.observation import Channel, Direction, Mark, Observation, Subject
from detection.shipped_library import built
from detection.stated_opinion import HARMLESS, combined, is_of_library, likely
from detection.wire_writing import opinion_fields

KINDS: dict[str, tuple[Channel, Direction]] = {
    "post": (Channel.POST, Direction.WRITTEN),
    "prompt": (Channel.PROMPT, Direction.WRITTEN),
    "query": (Channel.SEARCH, Direction.WRITTEN),
    "chat": (Channel.MESSAGE, Direction.WRITTEN),
    "passage": (Channel.PAGE, Direction.SHOWN),
    "url": (Channel.URL, Direction.WRITTEN),
}
"""What a row calls its text, and how the sensors would have seen it."""
_NOBODY = Subject(identity_source="inspect")


def main(argv: list[str]) -> int:
    arguments = _parser().parse_args(argv)
    try:
        second = None if arguments.phrases_alone else SecondOpinion()
        detector = Detector(built(arguments.library), second=second)
    except LibraryError as e:
        print(f"gatehouse inspect: {e}", file=sys.stderr)
        return 2
    try:
        if arguments.jsonl:
            return inspect_lines(detector, sys.stdin.buffer, sys.stdout)
        print(explain(detector.detect(observe(" ".join(arguments.text), arguments.kind))))
        return 0
    except BrokenPipeError:
        _close_quietly(sys.stdout)
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse inspect", description=__doc__.partition(":")[2] if __doc__ else "")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("text", nargs="*", default=[], metavar="TEXT", help="the text to look at")
    what.add_argument(
        "--jsonl",
        action="store_true",
        help='read {"id", "text", "kind"?, "lang"?} a line on standard input, write {"id", "severity", ...} a line',
    )
    parser.add_argument("--kind", choices=tuple(KINDS), default="post", help="how the text was seen (default: post)")
    parser.add_argument("--phrases-alone", action="store_true", help="without the model's second opinion")
    parser.add_argument("--library", type=Path, default=SHIPPED, metavar="FOLDER", help="another phrase library")
    return parser


def observe(text: str, kind: str = "post", lang: str = "") -> Observation:
    """A text as a sensor would have reported it; KeyError where the kind is unknown."""
    channel, direction = KINDS[kind]
    return Observation(
        subject=_NOBODY, channel=channel, direction=direction, app="inspect", location="", lang=lang, text=text
    )


def explain(detection: Detection | None) -> str:
    if detection is None:
        return "Nothing in the library matches this text."
    area = detection.category.replace("-", " ")
    lines = [f"Severity {detection.severity} of 5 ({_band(detection.severity)}), {area}, score {detection.score:.2f}."]
    lines += [f"  - {reason}" for reason in detection.reasons]
    if Mark.HELP_SEEKING in detection.observation.marks:
        lines.append("Marked as help-seeking.")
    found = [f"  - {_phrase(match)}" for match in detection.matches if is_of_library(match.phrase.id)]
    lines += ["Phrases found:", *(found or ["  - none"]), *_second(detection)]
    return "\n".join(lines)


def _phrase(match: Match) -> str:
    phrase, place = match.phrase, f"characters {match.start} to {match.end}"
    return f"“{match.written}” ({place}): {phrase.id}, severity {phrase.severity}. {phrase.gloss}"


def _second(detection: Detection) -> list[str]:
    opinion = detection.opinion
    if opinion is None:
        return []
    sure = f"{likely(opinion.probability)} of concern"
    area = opinion.category.replace("-", " ")
    weighed = f"What weighed most: “{' '.join(opinion.passage.split())}”."
    reads = f"reads it as harmless, {sure}." if opinion.effect in HARMLESS else f"reads it as {area}, {sure}. {weighed}"
    how = combined(opinion.effect, [match.phrase.id for match in detection.matches])
    return [f"Second opinion ({opinion.version}):", f"  - {reads}", f"  - {how}"]


def inspect_lines(detector: Detector, rows: Iterable[bytes], out: TextIO) -> int:
    """One answer a row, in order, each row on its own. A row that cannot be read is answered with its number."""
    bad = 0
    for number, line in enumerate(rows, 1):
        if not line.strip():
            continue
        try:
            answer = _answer(detector, line)
        except ValueError as e:
            bad += 1
            answer = {"line": number, "error": str(e)}
        print(json.dumps(answer), file=out, flush=True)
    return 1 if bad else 0


def _answer(detector: Detector, line: bytes) -> dict[str, Any]:
    row = _row(line)
    found = detector.detect(observe(row["text"], row.get("kind") or "post", row.get("lang") or ""))
    return {
        "id": row["id"],
        "severity": found.severity if found else 0,
        "category": found.category if found else None,
        "score": found.score if found else 0.0,
        "reasons": list(found.reasons) if found else [],
        "marks": sorted(found.observation.marks) if found else [],
        "opinion": opinion_fields(found.opinion) if found else None,
    }


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as e:
        raise ValueError("not JSON") from e
    if not isinstance(row, dict):
        raise ValueError("must be an object")
    if not isinstance(row.get("id"), str | int) or isinstance(row["id"], bool):
        raise ValueError("id: must be a text or a number")
    if not isinstance(row.get("text"), str):
        raise ValueError("text: must be a text")
    if not isinstance(row.get("lang") or "", str):
        raise ValueError("lang: must be a text")
    if (row.get("kind") or "post") not in tuple(KINDS):
        raise ValueError(f"kind: known are {', '.join(KINDS)}")
    return row


def _band(severity: int) -> str:
    return ("low", "low", "medium", "high", "high")[severity - 1]


def _close_quietly(out: TextIO) -> None:
    """Whoever read the output has gone (as ``head`` does); Python must not complain when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
