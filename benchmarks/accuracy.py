"""What ``gatehouse inspect`` finds in labelled texts, and what it wrongly raises: totals only, no text is shown.

    .venv/bin/python -m benchmarks.accuracy [--sets FOLDER] [--plain FILE] [--write docs/accuracy.md] [--phrases-alone]

``--sets`` holds labelled sets as JSON lines (text, label safe|unsafe, category, kind, neg); without it only the
project's own test sentences (benchmarks/sentences, written by another hand than phrases and training text, but for
those of abroad-*) are read.
Beside ours, on the same rows: e2guardian's phrase lists where it is installed, and a plain list of words, one a line.
"""

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.other_lists import installed_e2guardian, plain_list
from detection.detector import Detector
from detection.inspection import observe
from detection.library import SHIPPED, load
from detection.model.second_opinion import SecondOpinion

SENTENCES = Path(__file__).with_name("sentences")
ROWS = "rows"
GRADES = {">=2 %": 2, ">=3 %": 3}
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
    unsafe: Counter[str] = field(default_factory=Counter)
    """Rows, those at 2 and at 3 or above, and those that each other list refuses."""
    safe: Counter[str] = field(default_factory=Counter)

    def add(self, row: Row, severity: int, category: str | None, refused_by: Iterable[str]) -> None:
        counts = self.unsafe if row.unsafe else self.safe
        counts.update([ROWS, *refused_by])
        if row.unsafe or row.wrong in ("any", category):
            counts.update(grade for grade, least in GRADES.items() if severity >= least)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=Path)
    parser.add_argument("--most", type=int, default=1500, help="rows of a set, drawn by chance but always the same")
    parser.add_argument("--plain", type=Path, metavar="FILE", help="a list of words to stand beside ours")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--phrases-alone", action="store_true")
    given = parser.parse_args()
    detector = Detector(load(SHIPPED), second=None if given.phrases_alone else SecondOpinion())
    beside = {"e2g %": installed_e2guardian(), "plain %": plain_list(given.plain) if given.plain else None}
    peers = {name: lists for name, lists in beside.items() if lists}
    tallies: dict[str, Tally] = defaultdict(Tally)
    began, count = time.monotonic(), 0
    for name, row in (*sentences(), *(open_sets(given.sets, given.most) if given.sets else ())):
        found = detector.detect(observe(row.text, row.kind))
        refused_by = [peer for peer, lists in peers.items() if lists.refuse(row.text)]
        tallies[name].add(row, found.severity if found else 0, found.category if found else None, refused_by)
        count += 1
    table = "\n".join(lines(tallies, (*GRADES, *peers)))
    print(table)
    print(f"{count} rows in {time.monotonic() - began:.0f} s")
    if given.write:
        intro = given.write.read_text("utf-8").partition("```")[0]
        given.write.write_text(f"{intro}```\n{table}\n```\n", "utf-8")
    return 0


def lines(tallies: Mapping[str, Tally], columns: Sequence[str]) -> Iterator[str]:
    head = "".join(f"{name:>9}" for name in columns)
    yield f"{'set':28}{'unsafe':>8}{head}{'safe':>8}{head}"
    for name, tally in sorted(tallies.items()):
        yield f"{name:28}{_cells(tally.unsafe, columns)}{_cells(tally.safe, columns)}"


def _cells(counts: Counter[str], columns: Sequence[str]) -> str:
    rows = counts[ROWS]
    return f"{rows:8}" + "".join(f"{100 * counts[name] / rows:9.2f}" if rows else f"{'-':>9}" for name in columns)


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
