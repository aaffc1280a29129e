"""An envelope is opened, and must agree with what is sealed in it."""

import json
from datetime import timedelta

import pytest

from appliance import envelope
from detection import wire
from detection.sealing import Opener
from tests.appliance import factories
from tests.appliance.factories import NOON, PRIVATE_KEY, report

OPENER = Opener(PRIVATE_KEY)


def body(**fields: object) -> bytes:
    return json.dumps(factories.envelope(report("obs-1")) | fields).encode()


def test_what_was_sealed_comes_out() -> None:
    opened = envelope.read(body(), OPENER)
    assert (opened.id, opened.reported_at) == ("obs-1", NOON)
    assert envelope.read_report(opened) == report("obs-1")


def test_a_supplement_comes_out() -> None:
    put = json.dumps(factories.fuller("obs-1", None, note="gone")).encode()
    assert envelope.read_supplement(envelope.read(put, OPENER)).evidence_note == "gone"


@pytest.mark.parametrize(
    "fields", [{"id": ""}, {"id": "a/b"}, {"id": "x" * 129}, {"id": 7}, {"sealed": None}, {"version": "1"}]
)
def test_what_is_not_version_one_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(wire.WireError):
        envelope.read(body(**fields), OPENER)


def test_unknown_fields_are_ignored() -> None:
    assert envelope.read(body(more={"of": "it"}), OPENER).id == "obs-1"


@pytest.mark.parametrize("inside", [report("obs-2"), report("obs-1", reported_at=NOON + timedelta(seconds=1))])
def test_inside_and_outside_must_agree(inside: wire.Report) -> None:
    sealed = factories.sealed(wire.dump(inside))
    with pytest.raises(wire.WireError, match="differ between"):
        envelope.read_report(envelope.read(body(sealed=sealed), OPENER))


@pytest.mark.parametrize(("seconds", "moved"), [(0, 0), (5, 0), (-5, 0), (5.1, 5.1), (-3600, -3600)])
def test_small_differences_are_the_way_here_and_larger_ones_a_wrong_clock(seconds: float, moved: float) -> None:
    now = NOON + timedelta(seconds=seconds)
    assert envelope.corrected(NOON, NOON, now) == NOON + timedelta(seconds=moved)
