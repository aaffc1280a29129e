"""The same of phrases and second opinion together. The model learns from examples, so some sentences still differ."""

import pytest

from tests.detection.fairness import DANGEROUS, DIALECT, HARMLESS, HATEFUL, WHO
from tests.detection.shipped import shipped_reader
from tests.detection.test_fairness import known, severities

pytestmark = pytest.mark.slow
READER = shipped_reader()
KNOWN_TO_DIFFER = frozenset({"shut up {}"})
"""With these weights. What a new training mends is to be taken off, and nothing is to be added lightly."""


@pytest.mark.parametrize(("frame", "words"), [*((frame, WHO) for frame in (*HARMLESS, *DANGEROUS, *HATEFUL)), *DIALECT])
def test_a_sentence_is_as_grave_whoever_it_is_about_and_however_it_is_said(frame: str, words: tuple[str, ...]) -> None:
    by_severity = severities(frame, known(frame, words), READER)
    if frame in KNOWN_TO_DIFFER:
        pytest.xfail(f"known to differ: {by_severity}")
    assert len(by_severity) == 1, by_severity


def test_most_sentences_are_the_same_for_all() -> None:
    frames = len(HARMLESS) + len(DANGEROUS) + len(HATEFUL) + len(DIALECT)
    assert len(KNOWN_TO_DIFFER) * 8 < frames
