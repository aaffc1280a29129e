"""The pictures of a window are a recording like any other, of a size that says little."""

from agent.service.window_evidence import PICTURE_STEP, evidence_of
from detection import har
from tests.agent.service.device import seen

JPEG = b"\xff\xd8 a window \xff\xd9"


def test_the_window_comes_first_and_then_what_was_before() -> None:
    evidence = evidence_of(seen("words", picture=JPEG, earlier_pictures=(b"one", b"two")))
    assert evidence
    window, one, two = har.parse(evidence.index, evidence.bodies)
    assert (window.url, window.media_type) == ("screen:Editor", "image/jpeg")
    assert window.body.rstrip(b"\0") == JPEG
    assert (one.body[:3], two.body[:3]) == (b"one", b"two")


def test_without_a_picture_there_is_no_evidence() -> None:
    assert evidence_of(seen("words")) is None


def test_its_size_says_no_more_than_the_step() -> None:
    kept = [evidence_of(seen("words", picture=bytes(size))) for size in (1, 40_000, PICTURE_STEP)]
    assert {len(body) for evidence in kept if evidence for body in evidence.bodies.values()} == {PICTURE_STEP}
    assert len({len(evidence.index) for evidence in kept if evidence}) == 1
