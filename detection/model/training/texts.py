"""What the second opinion is trained on: our own corpus, and those open sets whose licence allows it."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detection.model.second_opinion import SAFE, passages
from detection.model.training.emoji import with_emoji
from detection.model.training.ordinary import ordinary
from detection.model.training.swaps import swaps

CORPUS = Path(__file__).parent.parent / "corpus"
MOST_PASSAGES = 3
"""Of one harmless text."""
ORDINARY = 4500
"""Put-together requests and searches."""
SAID = ("message", "post")
WITH_EMOJI = 2500
"""What is said in our corpus, again with emoji behind it."""

SETS: dict[str, tuple[int, float]] = {
    "catqa_en": (1000, 1.0), "strongreject": (1000, 1.0), "hatecheck_en": (4000, 0.8), "hatemoji_build": (1000, 0.8),
    "germeval_train": (2500, 0.7), "davidson": (2000, 0.25), "edos_traindev": (5000, 0.5), "toxigen_demo": (1000, 1.0),
    "stormfront": (2000, 0.5), "surge_toxicity": (1000, 1.0), "gsm8k_test": (300, 1.0), "scunthorpe": (300, 1.0),
    "openstax_biology": (400, 1.0), "openstax_chemistry": (300, 1.0), "onestop": (300, 1.0),
    "nq_efficientqa": (1800, 1.0), "state_union": (200, 1.0),
}  # fmt: skip
"""By name: at most so many rows, and what a row counts. Licences stand in card.md."""


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    label: str
    weight: float


def own() -> Iterator[Example]:
    said = []
    for file in sorted(CORPUS.glob("*.tsv")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            fields = line.split("\t")
            if line.startswith("#"):
                continue
            if len(fields) != 3:
                raise ValueError(f"{file}, line {number}: must be label, kind and text with tabs between")
            if fields[1] in SAID:
                said.append((fields[0], fields[2]))
            yield Example(fields[2], fields[0], 1.0)
    yield from (Example(text, label, 0.5) for label, text in with_emoji(said, WITH_EMOJI))
    for _, text in ordinary(ORDINARY):
        yield Example(text, SAFE, 0.7)
    yield from (Example(text, label, 1.0) for label, text in swaps())


def open_sets(folder: Path) -> Iterator[Example]:
    """Rows of ``<name>.jsonl`` with text, label (safe, unsafe) and category; a set that is not there is left out."""
    rng = random.Random(7)  # noqa: S311  # no secret is made of it
    for name, (most, weight) in SETS.items():
        file = folder / f"{name}.jsonl"
        if not file.exists():
            continue
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        for row in rng.sample(rows, min(most, len(rows))):
            weighs = weight * (0.5 if row.get("grade") == "weak" else 1.0)
            if row["label"] == "unsafe":
                yield Example(row["text"][:1500], row["category"], weighs)
            else:
                yield from (Example(part, SAFE, weighs) for part in _passages(row["text"], rng))


def _passages(text: str, rng: random.Random) -> Iterator[str]:
    """A few of the passages that a reader would see one by one: each of a harmless text is harmless."""
    ranges = list(passages(text)) or [(0, len(text))]
    for start, end in rng.sample(ranges, min(MOST_PASSAGES, len(ranges))):
        yield text[start:end]
