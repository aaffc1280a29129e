"""What Gatehouse comes with, made once for all tests of a run: that takes seconds each time."""

from functools import cache

from detection.detector import Detector
from detection.kept_library import opened, packed
from detection.library import SHIPPED, Library, load
from detection.matcher import Matcher
from detection.model.second_opinion import SecondOpinion
from detection.shipped_library import built


@cache
def shipped_library() -> Library:
    """With nothing built of it."""
    return load(SHIPPED)


@cache
def built_library() -> Library:
    """With all that is built of it: what scripts/setup made, which programs start from, or else made here, once."""
    found = built()
    made = (found, {}) if found.searches else opened(packed(found, "here"), "here")
    assert made
    return made[0]


@cache
def shipped_matcher() -> Matcher:
    return Matcher(built_library())


@cache
def shipped_detector() -> Detector:
    """Of phrases alone, and without a memory."""
    return Detector(built_library())


@cache
def shipped_reader() -> Detector:
    """With the second opinion, and without a memory."""
    return Detector(built_library(), second=SecondOpinion())
