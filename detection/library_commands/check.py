"""``gatehouse library check``: prove every phrase by its own sentences."""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detection.library import SHIPPED, Category, Library, Phrase, load
from detection.matcher import Matcher


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence of a phrase that does not do what it was written down for."""

    phrase: Phrase
    sentence: str
    wanted: bool

    def __str__(self) -> str:
        language, category, name = self.phrase.id.split(".", 2)
        fault = "is not found in its own hit" if self.wanted else "is found in its own miss"
        return f"{language}/{category}.toml [{name}] {fault}: {self.sentence!r}"


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED, metavar="FOLDER")


def run(arguments: argparse.Namespace) -> int:
    library = load(arguments.folder)
    failures = tuple(check(library))
    print(table(library))
    for failure in failures:
        print(failure)
    print(f"{len(failures)} failed." if failures else "Every sentence does what it should.")
    return 1 if failures else 0


def check(library: Library) -> Iterator[Failure]:
    """Every hit must find its phrase, and no miss may: by the words alone, for a sentence has no channel or age, and a
    phrase with a weight is never enough by itself."""
    matcher = Matcher(library)
    for phrase in library.phrases:
        for sentences, wanted in ((phrase.hits, True), (phrase.misses, False)):
            for sentence in sentences:
                if any(match.phrase.id == phrase.id for match in matcher.find(sentence)) is not wanted:
                    yield Failure(phrase, sentence, wanted)


def table(library: Library) -> str:
    """How many phrases of which severity each category holds."""
    counts = Counter((phrase.category, phrase.severity) for phrase in library.phrases)
    heading = f"{'category':22}{'phrases':>8}{'':3}" + "".join(f"{severity:>7}" for severity in range(1, 6))
    lines = [f"library {library.version}", heading]
    for category in sorted({phrase.category for phrase in library.phrases}):
        lines.append(_line(category, [counts[category, severity] for severity in range(1, 6)]))
    lines.append(_line("all", [sum(counts[category, n] for category in Category) for n in range(1, 6)]))
    return "\n".join(lines)


def _line(name: str, counts: list[int]) -> str:
    return f"{name:22}{sum(counts):>8}{'':3}" + "".join(f"{count or '-':>7}" for count in counts)
