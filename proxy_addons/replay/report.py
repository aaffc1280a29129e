"""What a replay says at its end: a table of detections and a line of what was read, or one JSON object."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from detection.grading import Detection
from proxy_addons.replay.detection_fields import detection_fields
from proxy_addons.replay.replay import Outcome

WIDEST = 60
"""Characters of a cell."""
HEADINGS = ("when", "severity", "category", "channel", "who", "where", "words")


def as_json(outcome: Outcome, **more: Mapping[str, object]) -> str:
    """``more`` is said at the end, under its name."""
    said: dict[str, object] = {
        "file": str(outcome.file),
        "detections": [detection_fields(detection) for detection in outcome.detections],
        **outcome.ledger.as_json(),
        "read": outcome.read,
        "unread": [
            {"what": what, "reason": reason, "count": count} for (what, reason), count in sorted(outcome.unread.items())
        ],
        **more,
    }
    # Recorded bytes may hold what is no text at all, which no output could take.
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace").decode()


def table(outcome: Outcome) -> Iterator[str]:
    """A line for each detection: when, how grave, what, how, who, where, and the words. Nothing if there is none."""
    rows = [HEADINGS, *(_row(detection) for detection in outcome.detections)]
    if len(rows) == 1:
        return
    yield from columns(rows)


def columns(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> Iterator[str]:
    """A line for each row; ``right`` are the columns of figures. Nothing in it that a terminal would obey."""
    clean = [[_cell(cell, most=None) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*clean, strict=True)]
    for row in clean:
        placed = (
            cell.rjust(width) if number in right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(placed).rstrip()


def summary(outcome: Outcome) -> str:
    """One line."""
    read = ", ".join(f"{what} {number:,}" for what, number in outcome.read.items())
    unread = "; ".join(f"{what} ({reason}) {count:,}" for (what, reason), count in sorted(_kinds(outcome).items()))
    return f"{outcome.file}: detections {len(outcome.detections):,}. Read: {read}. Not read: {unread or 'nothing'}."


def _kinds(outcome: Outcome) -> Counter[tuple[str, str]]:
    """Without the names of hosts, of which there may be thousands."""
    kinds: Counter[tuple[str, str]] = Counter()
    for (what, reason), count in outcome.unread.items():
        kinds[what, reason.partition(" (")[0]] += count
    return kinds


def _row(detection: Detection) -> tuple[str, ...]:
    seen = detection.observation
    words = detection.matches[0].written if detection.matches else seen.text
    return (
        f"{seen.seen_at:%Y-%m-%d %H:%M:%S}",
        str(detection.severity),
        str(detection.category),
        f"{seen.channel} {seen.direction}",
        seen.subject.key.partition(":")[2],
        _cell(seen.app),
        _cell(words),
    )


def _cell(text: str, most: int | None = WIDEST) -> str:
    """On one line, and nothing in it that a terminal would obey."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))[:most]
