"""Every code has a plain word, and one we do not know yet is still readable."""

from collections.abc import Mapping
from enum import StrEnum

import pytest

from appliance.models import Outcome, ReviewerRole, Status
from console import wording
from detection.categories import ConcernRole
from detection.library import Category
from detection.observation import Channel, Direction, Mark


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (wording.STATUSES, Status),
        (wording.OUTCOMES, Outcome),
        (wording.CATEGORIES, Category),
        (wording.CONCERNS, ConcernRole),
        (wording.CHANNELS, Channel),
        (wording.DIRECTIONS, Direction),
        (wording.MARKS, Mark),
        (wording.ROLES, ReviewerRole),
    ],
)
def test_every_code_has_a_word(words: Mapping[str, str], codes: type[StrEnum]) -> None:
    assert set(words) == set(codes)


def test_an_unknown_code_is_made_readable() -> None:
    assert wording.word(wording.CHANNELS, "voice-call") == "Voice call"
    assert wording.word(wording.CHANNELS, None) == ""


@pytest.mark.parametrize(("number", "word"), [(1, "for the record"), (3, "medium"), (9, "immediate")])
def test_levels(number: int, word: str) -> None:
    assert wording.level(number).word == word
