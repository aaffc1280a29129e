"""Our sentences with runs of emoji behind them, so that pictures it has never seen teach nothing.

What a sentence is stays what it is: harmless ones and others get the same runs.
"""

import random
from collections.abc import Iterable, Iterator
from itertools import chain

BLOCKS = ((0x1F300, 0x1F5FF), (0x1F600, 0x1F64F), (0x1F680, 0x1F6C5), (0x1F900, 0x1F9FF), (0x1FA70, 0x1FA86))
"""Of Unicode: pictures, faces, traffic and what was added to them later."""
LONGEST_RUN = 14
ALONE = 0.2
"""The share of harmless rows that are hardly more than their emoji."""
FEW = ("ok", "yesss", "hahaha", "look", "wow", "same", "my day so far", "guess the film", "happy friday", "its here")


def with_emoji(sentences: Iterable[tuple[str, str]], count: int) -> Iterator[tuple[str, str]]:
    """Labels and texts, ``count`` of them, the same at every call; ``sentences`` are labels and texts too."""
    rng = random.Random(11)  # noqa: S311  # no secret is made of it
    known = list(sentences)
    pictures = [chr(code) for code in chain.from_iterable(range(first, last + 1) for first, last in BLOCKS)]
    for label, text in rng.sample(known, min(count, len(known))):
        run = rng.choices(pictures, k=rng.randint(1, LONGEST_RUN))
        if rng.random() < 0.3:
            run = [run[0]] * len(run)
        said = rng.choice(FEW) if label == "safe" and rng.random() < ALONE else text
        yield label, said + " " + rng.choice(("", " ")).join(run)
