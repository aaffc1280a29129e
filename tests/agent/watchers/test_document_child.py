from collections.abc import Iterator

import pytest

from agent.watchers.document_child import DocumentChild
from detection.documents.child import Child


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Started:
    def __init__(self) -> None:
        self.children: list[Child] = []

    def __call__(self) -> Child:
        self.children.append(Child())
        return self.children[-1]


@pytest.fixture
def started() -> Iterator[Started]:
    made = Started()
    yield made
    for child in made.children:
        child.close()


def test_no_process_is_there_before_a_document_nor_long_after_it(started: Started) -> None:
    clock = Clock()
    reader = DocumentChild(clock, idle=60.0, start=started)
    assert reader.next() is None
    assert reader.read(b"see you at the river").text == "see you at the river"
    assert reader.next() == 160.0
    clock.now = 159.0
    reader.rest()
    assert started.children[0].pid
    clock.now = 160.0
    reader.rest()
    assert started.children[0].pid is None
    assert reader.next() is None


def test_the_next_document_starts_another(started: Started) -> None:
    reader = DocumentChild(Clock(), start=started)
    reader.read(b"one")
    reader.close()
    assert reader.read(b"two").text == "two"
    assert len(started.children) == 2
    reader.close()
    reader.close()
