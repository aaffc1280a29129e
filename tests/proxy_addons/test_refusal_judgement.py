from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxy_addons.refusal_judgement import (
    DEVICES,
    NOTHING,
    PASSES,
    PER_DAY,
    SENTENCES,
    SITES,
    STUBBORN,
    Evidence,
    Why,
    judge,
)

PINNED = Evidence(devices=3, refusals=6, accepted=False, sites=1, spoken=False, decided=False, allowed=True)
EVIDENCE = st.builds(
    Evidence,
    devices=st.integers(0, 6),
    refusals=st.integers(0, 40),
    accepted=st.booleans(),
    sites=st.integers(0, 20),
    spoken=st.booleans(),
    decided=st.booleans(),
    allowed=st.booleans(),
)


def test_a_host_that_several_devices_refuse_and_nobody_accepts_passes():
    assert judge(PINNED, 0) == PASSES


@pytest.mark.parametrize(
    ("what", "begun", "why"),
    [
        ({"spoken": True}, 0, Why.SPOKEN),
        ({"decided": True}, 0, Why.DECIDED),
        ({"sites": SITES + 1}, 0, Why.NO_ROOT),
        ({"allowed": False}, 0, Why.SWITCHED_OFF),
        ({"devices": 2, "refusals": STUBBORN}, 0, Why.FEW_DEVICES),
        ({}, PER_DAY, Why.DAY_IS_FULL),
    ],
)
def test_what_a_person_must_decide_is_put_to_one(what, begun, why):
    verdict = judge(replace(PINNED, **what), begun)
    assert (verdict.passes, verdict.why) == (False, why)
    assert SENTENCES[why]


@pytest.mark.parametrize("what", [{"accepted": True}, {"devices": 2}])
def test_as_long_as_there_is_no_telling_nothing_happens(what):
    assert judge(replace(PINNED, **what), 0) == NOTHING


@settings(deadline=None)
@given(EVIDENCE, st.integers(0, 10))
def test_nothing_passes_by_itself_where_people_talk_where_it_was_accepted_or_for_fewer_devices(seen, begun):
    verdict = judge(seen, begun)
    if verdict.passes:
        assert not seen.spoken
        assert not seen.accepted
        assert not seen.decided
        assert seen.allowed
        assert seen.devices >= DEVICES
        assert seen.sites <= SITES
        assert begun < PER_DAY
