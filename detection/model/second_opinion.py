"""Read a text with the encoder, passage by passage, and say what its gravest passage reads like."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import sqrt
from pathlib import Path

from detection.library import Category
from detection.model.encoder import Encoder
from detection.model.known_script import is_known
from detection.opinion import Opinion

WEIGHTS = Path(__file__).with_name("second_opinion.onnx")
SAFE = "safe"
PASSAGE = 320
"""Characters read at once: a few sentences, as in what it was trained on."""
MOST_PASSAGES = 12
"""Of one text; what follows is left to the phrases."""
FEWEST_LETTERS = 6
_SENTENCES = re.compile(r"[^.!?…\n]+[.!?…\n]*")
_LETTERS = re.compile(r"[^\W\d_]")
_KISSES = re.compile(r"\b(?:x{4,}|(?:xo){2,}x?|(?:ox){2,}o?)\b", re.IGNORECASE)
"""No words; what it was trained on has few, and they read like anything. “xxx” may be a word of a search."""


class SecondOpinion:
    def __init__(self, weights: Path | bytes = WEIGHTS) -> None:
        """OSError or ValueError where the weights cannot be read."""
        content = weights if isinstance(weights, bytes) else weights.read_bytes()
        self.version = hashlib.sha256(content).hexdigest()[:12]
        self._encoder = Encoder(content)

    def read(self, text: str, near: Sequence[tuple[int, int]] | None = None) -> Opinion | None:
        """None where there is too little that it can read; ``near`` as for ``detection.opinion.Reads``."""
        text = _KISSES.sub(lambda found: " " * len(found[0]), text)
        read = [self._of(text, *each) for each in passages(text, near) if is_known(text[slice(*each)])]
        if not read:
            return None
        gravest = max(read, key=lambda opinion: opinion.probability)
        return replace(gravest, probability=_among(len(read), gravest.probability))

    def _of(self, text: str, start: int, end: int) -> Opinion:
        shares = dict(zip(self._encoder.labels, self._encoder.probabilities(text[start:end]).tolist(), strict=True))
        concern = 1.0 - shares.pop(SAFE)
        category = Category(max(shares, key=lambda label: shares[label]))
        return Opinion(category=category, probability=concern, start=start, end=end, version=self.version)


def _among(passages: int, probability: float) -> float:
    """The more there is to read, the likelier something looks grave by chance: the odds are divided by √n."""
    return probability / (probability + (1.0 - probability) * sqrt(passages))


def passages(text: str, near: Sequence[tuple[int, int]] | None = None) -> Iterator[tuple[int, int]]:
    """Ranges of whole sentences, as many as go together; a sentence that is too long is cut. With ``near`` only those
    in which one of these begins."""
    ranges: list[tuple[int, int]] = []
    for found in _SENTENCES.finditer(text):
        for start in range(found.start(), found.end(), PASSAGE):
            end = min(start + PASSAGE, found.end())
            if ranges and end - ranges[-1][0] <= PASSAGE:
                ranges[-1] = ranges[-1][0], end
            else:
                ranges.append((start, end))
    if near is not None:
        ranges = [each for each in ranges if any(each[0] <= start < each[1] for start, _ in near)]
    kept = (each for each in ranges if len(_LETTERS.findall(text, *each)) >= FEWEST_LETTERS)
    for number, each in enumerate(kept):
        if number >= MOST_PASSAGES:
            return
        yield each
