"""What Gatehouse comes with, made once for all tests of a run: that takes seconds each time."""

from functools import cache

from detection.detector import Detector
from detection.library import SHIPPED, Library, load
from detection.matcher import Matcher
from detection.model.second_opinion import SecondOpinion


@cache
def shipped_library() -> Library:
    return load(SHIPPED)


@cache
def shipped_matcher() -> Matcher:
    return Matcher(shipped_library())


@cache
def shipped_detector() -> Detector:
    """Of phrases alone, and without a memory."""
    return Detector(shipped_library())


@cache
def shipped_reader() -> Detector:
    """With the second opinion, and without a memory."""
    return Detector(shipped_library(), second=SecondOpinion())
