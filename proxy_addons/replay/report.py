"""What a replay says at its end: a table of detections and a line of what was read, or one JSON object."""

from collections.abc import Iterator
from typing import Any

from detection.grading import Detection
from proxy_addons.replay.findings import as_json as detection_as_json
from proxy_addons.replay.replay import Outcome

WIDEST = 60


def as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "file": str(outcome.file),
        "detections": [detection_as_json(d) for d in outcome.detections],
        **outcome.ledger.as_json(),
        "read": outcome.read,
        "unread": [
            {"what": what, "reason": reason, "count": count} for (what, reason), count in sorted(outcome.unread.items())
        ],
    }


def table(outcome: Outcome) -> Iterator[str]:
    """One line a detection: when, how grave, what, where, and the words."""
    rows = [_row(d) for d in outcome.detections]
    if not rows:
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def summary(outcome: Outcome) -> str:
    read = ", ".join(f"{number:,} {what}" for what, number in outcome.read.items())
    unread = "; ".join(f"{count:,} {what} ({reason})" for (what, reason), count in sorted(outcome.unread.items()))
    found = f"{len(outcome.detections)} detection{'' if len(outcome.detections) == 1 else 's'}"
    return f"{outcome.file}: {found}. Read {read or 'nothing'}. Not read: {unread or 'nothing'}."


def _row(detection: Detection) -> tuple[str, ...]:
    seen = detection.observation
    words = detection.matches[0].written if detection.matches else seen.text
    return (
        f"{seen.seen_at:%Y-%m-%d %H:%M:%S}",
        str(detection.severity),
        str(detection.category),
        f"{seen.channel} {seen.direction}",
        seen.subject.key.partition(":")[2],
        seen.app,
        " ".join(words.split())[:WIDEST],
    )
