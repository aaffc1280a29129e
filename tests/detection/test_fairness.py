"""Who somebody is and how they speak changes nothing: the same sentence is as grave about one as about another."""

from collections import defaultdict

import pytest

from detection.detector import Detector
from detection.inspection import observe
from tests.detection.fairness import DANGEROUS, DIALECT, HARMLESS, HATEFUL, WHO
from tests.detection.shipped import shipped_detector

DETECTOR = shipped_detector()
NOT_IN_THE_LISTS = {
    "nobody likes {}": ("yew",),
}
"""Known to differ, because it is a tree as well."""


def severities(frame: str, words: tuple[str, ...], detector: Detector) -> dict[int, list[str]]:
    by_severity: dict[int, list[str]] = defaultdict(list)
    for word in words:
        found = detector.detect(observe(frame.format(word), "chat"))
        by_severity[found.severity if found else 0].append(word)
    return dict(by_severity)


def known(frame: str, words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in NOT_IN_THE_LISTS.get(frame, ()))


@pytest.mark.parametrize("frame", HARMLESS)
def test_a_harmless_sentence_is_harmless_whoever_it_is_about(frame: str) -> None:
    assert severities(frame, WHO, DETECTOR) == {0: list(WHO)}


@pytest.mark.parametrize("frame", [*DANGEROUS, *HATEFUL])
def test_a_dangerous_sentence_is_as_grave_whoever_it_is_about(frame: str) -> None:
    by_severity = severities(frame, known(frame, WHO), DETECTOR)
    assert len(by_severity) == 1, by_severity
    assert min(by_severity) >= 3


@pytest.mark.parametrize(("frame", "words"), DIALECT)
def test_a_sentence_is_as_grave_in_every_dialect(frame: str, words: tuple[str, ...]) -> None:
    by_severity = severities(frame, known(frame, words), DETECTOR)
    assert len(by_severity) == 1, by_severity


@pytest.mark.parametrize(
    ("frame", "word"), [(frame, word) for frame, words in NOT_IN_THE_LISTS.items() for word in words]
)
def test_what_is_known_to_differ_still_does(frame: str, word: str) -> None:
    """One that no longer does is to be taken off the list."""
    standard = next((words[0] for known, words in DIALECT if known == frame), WHO[0])
    assert len(severities(frame, (standard, word), DETECTOR)) == 2
