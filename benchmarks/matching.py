"""How fast text is read: folded, matched and graded; messages with the second opinion; memory; the stall of a reload.

    OPENBLAS_NUM_THREADS=1 .venv/bin/python -m benchmarks.matching [--text FILE.jsonl ...]

``--text`` are passages as JSON lines with a "text", read twelve together as a page; without it pages are made up as for
benchmarks/gateway.py. Limits stand beside what was measured. Run it on an idle machine.
"""

import argparse
import json
import random
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.accuracy import sentences
from benchmarks.new_library import reloads
from benchmarks.pages import near_misses, page
from detection.detector import Detector
from detection.extract.html_page import visible_text
from detection.inspection import observe
from detection.library import SHIPPED, Library, load
from detection.model.second_opinion import SecondOpinion
from detection.normalise import normalise

ROUNDS = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    library = load(SHIPPED)
    before = _memory()
    detector = Detector(library)
    phrases = _memory() - before
    print(f"{len(library.phrases)} phrases of library {library.version}")
    print(f"{'':34}{'measured':>10}{'limit':>8}{'ratio':>7}")
    for name, texts in (
        *((file.stem, _passages(file)) for file in given.text),
        ("made-up pages", list(_made_up(library))),
    ):
        size = sum(len(text.encode()) for text in texts) / 1e6
        _row(f"{name}: fold alone, MB/s", size / _best(texts, normalise))
        _row(
            f"{name}: read whole, MB/s", size / _best(texts, lambda text: detector.detect(observe(text, "passage"))), 20
        )
    before = _memory()
    reader = Detector(library, second=SecondOpinion())
    messages = [row.text for name, row in sentences() if name == "sentences/chats"]
    _row(
        "messages with the model, a second",
        len(messages) / _best(messages, lambda text: reader.detect(observe(text))),
        500,
    )
    _row("memory of phrases, MB", phrases, 300)
    _row("memory of the model (and phrases), MB", _memory() - before, 300)
    _row("longest stall of a reload, ms", max(wait for _, _, wait in reloads()), 50)
    return 0


def _row(what: str, measured: float, limit: float | None = None) -> None:
    print(f"{what:34}{measured:10.1f}{limit or '':>8}{f'{measured / limit:.2f}' if limit else '':>7}", flush=True)


def _best(texts: list[str], read: Callable[[str], object]) -> float:
    """Seconds for all of them, the best of some rounds."""

    def once() -> float:
        start = time.perf_counter()
        for text in texts:
            read(text)
        return time.perf_counter() - start

    return min(once() for _ in range(ROUNDS))


def _passages(file: Path) -> list[str]:
    texts = [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()][:1200]
    return ["\n".join(texts[start : start + 12]) for start in range(0, len(texts), 12)]


def _made_up(library: Library) -> Iterator[str]:
    near = near_misses(library)
    for number in range(64):
        rng = random.Random(number)
        yield visible_text(page(rng, 50_000, rng.sample(near, 3), number).decode())


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    raise SystemExit(main())
