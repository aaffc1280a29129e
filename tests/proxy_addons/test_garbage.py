import gc
from contextlib import contextmanager

import pytest

from proxy_addons.garbage import look_seldom

MESSAGES = 2000
LEFT = 90
"""Objects of each, in a ring."""


@pytest.fixture(autouse=True)
def as_before():
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


@contextmanager
def looks():
    """How often what was kept longest is looked through."""
    seen = []

    def note(phase, info):
        if phase == "start" and info["generation"] == 2:
            seen.append(info)

    gc.callbacks.append(note)
    try:
        yield seen
    finally:
        gc.callbacks.remove(note)


def carry_messages():
    for _ in range(MESSAGES):
        ring = [[] for _ in range(LEFT)]
        for place, each in enumerate(ring):
            each.append(ring[place - 1])


def test_two_thousand_messages_do_not_have_all_looked_through():
    gc.set_threshold(700, 10, 10)
    gc.freeze()
    gc.collect()
    with looks() as before:
        carry_messages()
    assert before, "or these messages say nothing"
    look_seldom()
    with looks() as seen:
        carry_messages()
    assert seen == []


def test_what_was_there_before_is_never_looked_through():
    there = [object()]
    assert any(each is there for each in gc.get_objects())
    look_seldom()
    assert not any(each is there for each in gc.get_objects())
