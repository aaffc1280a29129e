from dataclasses import replace

import pytest

from detection.beside_canary import beside_canary
from detection.canary import WORDS, Canary, token
from detection.grading import Detection
from detection.observation import Direction, Observation
from detection.recent import Recent
from tests.detection.factories import NOW, detection, observation

KEY = b"k" * 32
PHRASE = f"{WORDS} {token(KEY, NOW)}"


class Grades:
    """By what is left of a text, and remembers which texts it was asked of."""

    def __init__(self, whole: int, left: int) -> None:
        self._whole, self._left = whole, left
        self.asked: list[str] = []

    def detect(self, observation: Observation) -> Detection | None:
        self.asked.append(observation.text)
        is_whole = WORDS in observation.text
        severity = self._whole if is_whole else self._left
        once = "whole" if is_whole else "left"
        return replace(detection(observation=observation), severity=severity, once=once) if severity else None


def test_a_text_without_the_canary_is_graded_once() -> None:
    grades = Grades(0, 3)
    found = beside_canary(observation(text="nobody likes you"), Canary(KEY), grades, Recent())
    assert found is not None
    assert grades.asked == ["nobody likes you"]


@pytest.mark.parametrize(
    ("whole", "left", "leads", "forgotten"),
    [(3, 3, "whole", "left"), (2, 4, "left", "whole"), (0, 1, "left", None), (1, 0, "whole", None), (0, 0, None, None)],
)
def test_the_graver_one_leads_and_the_other_was_never_there(
    whole: int, left: int, leads: str | None, forgotten: str | None
) -> None:
    recent = Recent()
    for once in ("whole", "left"):
        recent.first_time(once, Direction.WRITTEN, NOW)
    found = beside_canary(
        observation(text=f"nobody {PHRASE} likes you"), Canary(KEY), grades := Grades(whole, left), recent
    )
    assert (found.once if found else None) == leads
    assert grades.asked == [f"nobody {PHRASE} likes you", "nobody likes you"]
    again = [once for once in ("whole", "left") if recent.first_time(once, Direction.WRITTEN, NOW)]
    assert again == ([forgotten] if forgotten else [])
