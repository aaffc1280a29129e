"""A body is hashed while it passes, whole and unpacked, and nobody downstream notices."""

import gzip

import pytest

from detection.illegal_lists import IllegalLists, digests
from proxy_addons.body_taps import TAP, BodyTaps, Tap
from proxy_addons.bypass import UNREAD
from proxy_addons.first_part import FirstPart
from proxy_addons.late_stream import SHOWN
from proxy_addons.watchdog import Watchdog
from tests.detection.illegal import FILE, lists
from tests.proxy_addons.factories import flow

WANTED = ("sha256", "md5")


def streamed(body, coding="", inner=None):
    tap = Tap(inner, coding, WANTED)
    assert b"".join(tap(piece) for piece in (body[:5], body[5:], b"")) == body
    return tap.digests


@pytest.mark.parametrize("coding", ["", "identity", "gzip"])
def test_a_body_is_hashed_without_its_content_coding(coding):
    body = gzip.compress(FILE) if coding == "gzip" else FILE
    assert streamed(body, coding) == digests(FILE, WANTED)


@pytest.mark.parametrize(("body", "coding"), [(gzip.compress(FILE)[:-9], "gzip"), (FILE, "gzip"), (FILE, "unknown")])
def test_a_body_that_cannot_be_unpacked_to_its_end_has_no_hash_and_passes(body, coding):
    assert streamed(body, coding) == {}


def test_whoever_keeps_the_beginning_still_does():
    part = FirstPart(100)
    streamed(FILE, inner=part)
    assert (part.body, part.whole) == (FILE, True)


@pytest.mark.parametrize(
    ("stream", "status", "unread", "tapped"),
    [
        (True, 200, False, True),
        (FirstPart(10), 206, False, True),
        (False, 200, False, False),
        (lambda chunk: chunk, 200, False, False),
        (True, 101, False, False),
        (True, 200, True, False),
    ],
)
def test_what_passes_is_tapped_whichever_way_it_passes(tmp_path, stream, status, unread, tapped):
    passing = flow(answer=b"", status=status)
    passing.response.stream = stream
    passing.metadata[UNREAD] = unread
    BodyTaps(lists(tmp_path / "list"), Watchdog()).responseheaders(passing)
    assert isinstance(passing.metadata.get(TAP), Tap) is tapped
    assert (passing.response.stream is not stream) is tapped


def test_without_a_list_of_files_nothing_is_tapped(tmp_path):
    for known in (IllegalLists((), None), lists(tmp_path / "list", bodies=[])):
        passing = flow(answer=b"")
        passing.response.stream = True
        BodyTaps(known, Watchdog()).responseheaders(passing)
        assert passing.response.stream is True


def test_what_may_turn_out_too_long_to_be_held_back_is_tapped_then(tmp_path):
    passing, late = flow(answer=b""), FirstPart(10)
    passing.response.stream, passing.metadata[SHOWN] = False, late
    BodyTaps(lists(tmp_path / "list"), Watchdog()).responseheaders(passing)
    assert passing.response.stream is False
    assert passing.metadata[SHOWN] is passing.metadata[TAP]
    assert passing.metadata[TAP].inner is late
