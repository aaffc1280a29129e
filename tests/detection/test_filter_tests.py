"""A service for testing filters is named in the reasons, and what is found there counts as anywhere else."""

import pytest

from detection.detector import Detector
from detection.filter_tests import SERVICES, service_of
from tests.detection.factories import observation
from tests.detection.libraries import a, library


@pytest.mark.parametrize("host", ["testfiltering.com", "swearing.TestFiltering.com.", *SERVICES])
def test_a_service_is_known_by_whole_labels(host: str) -> None:
    assert service_of(host)


@pytest.mark.parametrize("host", ["nottestfiltering.com", "testfiltering.com.test", "com", ""])
def test_what_only_looks_like_one_is_none(host: str) -> None:
    assert service_of(host) == ""


def test_being_there_lowers_nothing_and_marks_nothing() -> None:
    detector = Detector(library(a("go away")))
    there, elsewhere = (
        detector.detect(observation(text="go away", app=app)) for app in ("www.testfiltering.com", "forum.test")
    )
    assert there
    assert elsewhere
    assert (there.severity, there.score) == (elsewhere.severity, elsewhere.score)
    assert not there.observation.marks
    assert [r for r in there.reasons if r not in elsewhere.reasons] == [
        "This was at Test Filtering of the South West Grid for Learning, a service for testing filters. "
        "It is graded as anywhere else."
    ]
