"""What ``gatehouse inspect`` finds in labelled texts, and what it wrongly raises: totals only, no text is shown.

    .venv/bin/python -m benchmarks.accuracy [--sets FOLDER] [--write docs/accuracy.md] [--phrases-alone]

``--sets`` holds labelled sets as JSON lines (text, label safe|unsafe, category, kind, neg); without it only the
project's own test sentences (benchmarks/sentences, written by another hand than phrases and training text) are read.
"""

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from detection.detector import Detector
from detection.inspection import observe
from detection.library import SHIPPED, load
from detection.model.second_opinion import SecondOpinion

SENTENCES = Path(__file__).with_name("sentences")
KINDS = {"search": "query", "message": "chat", "prompt": "prompt", "post": "post"}


@dataclass(frozen=True, slots=True)
class Row:
    text: str
    kind: str
    unsafe: bool
    wrong: str
    """For a safe row: the category whose alarm is wrong, or "any"."""


@dataclass(slots=True)
class Tally:
    unsafe: list[int] = field(default_factory=lambda: [0, 0, 0])
    """Rows, and those at 2 and at 3 or above."""
    safe: list[int] = field(default_factory=lambda: [0, 0, 0])

    def add(self, row: Row, severity: int, category: str | None) -> None:
        counts = self.unsafe if row.unsafe else self.safe
        counts[0] += 1
        if row.unsafe or row.wrong in ("any", category):
            counts[1] += severity >= 2
            counts[2] += severity >= 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=Path)
    parser.add_argument("--most", type=int, default=1500, help="rows of a set, drawn by chance but always the same")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--phrases-alone", action="store_true")
    given = parser.parse_args()
    detector = Detector(load(SHIPPED), second=None if given.phrases_alone else SecondOpinion())
    tallies: dict[str, Tally] = defaultdict(Tally)
    began, count = time.monotonic(), 0
    for name, row in (*sentences(), *(open_sets(given.sets, given.most) if given.sets else ())):
        found = detector.detect(observe(row.text, row.kind))
        tallies[name].add(row, found.severity if found else 0, found.category if found else None)
        count += 1
    table = "\n".join(lines(tallies))
    print(table)
    print(f"{count} rows in {time.monotonic() - began:.0f} s")
    if given.write:
        intro = given.write.read_text("utf-8").partition("```")[0]
        given.write.write_text(f"{intro}```\n{table}\n```\n", "utf-8")
    return 0


def lines(tallies: dict[str, Tally]) -> Iterator[str]:
    yield f"{'set':28}{'unsafe':>8}{'>=2 %':>8}{'>=3 %':>8}{'safe':>8}{'>=2 %':>8}{'>=3 %':>8}"
    for name, tally in sorted(tallies.items()):
        yield f"{name:28}{_cells(tally.unsafe)}{_cells(tally.safe)}"


def _cells(counts: list[int]) -> str:
    rows, two, three = counts
    return f"{rows:8}" + (f"{100 * two / rows:8.2f}{100 * three / rows:8.2f}" if rows else f"{'-':>8}{'-':>8}")


def sentences() -> Iterator[tuple[str, Row]]:
    for file in sorted(SENTENCES.glob("*.tsv")):
        for line in file.read_text("utf-8").splitlines():
            label, kind, text = line.split("\t")
            yield f"sentences/{file.stem}", Row(text, KINDS[kind], label != "safe", "any")


def open_sets(folder: Path, most: int) -> Iterator[tuple[str, Row]]:
    for file in sorted(folder.glob("*.jsonl")):
        lines = file.read_text("utf-8").splitlines()
        for line in random.Random(1).sample(lines, min(most, len(lines))):
            row = json.loads(line)
            yield file.stem, Row(row["text"], row["kind"], row["label"] == "unsafe", row.get("neg") or "any")
            if row["kind"] == "passage":
                yield f"{file.stem} (written)", Row(row["text"], "post", False, "any")


if __name__ == "__main__":
    raise SystemExit(main())
