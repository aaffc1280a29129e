"""Hypothesis throws bytes, and bent copies of good ones, at every target. ``coverage_guided.py`` digs deeper."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, Target

QUICK = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def bent(draw: st.DrawFn, target: Target) -> bytes:
    """A seed with a stretch cut out, doubled or replaced."""
    seed = draw(st.sampled_from(target.seeds))
    start = draw(st.integers(0, len(seed)))
    end = draw(st.integers(start, min(len(seed), start + 64)))
    middle = draw(st.sampled_from([b"", seed[start:end] * 2]) | st.binary(max_size=16))
    return seed[:start] + middle + seed[end:]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_good_input_is_read(target: Target) -> None:
    assert sum(target.run(seed) for seed in target.seeds) > 0


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_any_bytes_are_answered(target: Target) -> None:
    @QUICK
    @given(st.binary(max_size=400))
    def check(data: bytes) -> None:
        target.run(data)

    check()


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_bent_input_is_answered(target: Target) -> None:
    @QUICK
    @given(bent(target))
    def check(data: bytes) -> None:
        target.run(data)

    check()
