"""Questions over one connection, which is made again when it was lost."""

import pytest

from agent.linux.accessible_bus import ROOT, AccessibleBus
from agent.linux.questions import Questions
from agent.linux.surroundings import Surroundings


def test_without_a_bus_the_answer_is_what_was_given_and_nobody_tries_at_once_again() -> None:
    tries, now = list[int](), [0.0]

    def connect() -> AccessibleBus:
        tries.append(1)
        raise OSError("no bus")

    questions = Questions(connect, lambda: now[0])
    assert [questions.ask(lambda bus: 1, 2) for _ in range(3)] == [2, 2, 2]
    assert len(tries) == 1
    now[0] = 6.0
    questions.ask(lambda bus: 1, 2)
    assert len(tries) == 2


def test_a_connection_that_breaks_is_made_again(where: Surroundings) -> None:
    now = [0.0]
    questions = Questions(lambda: AccessibleBus(where.bus), lambda: now[0])

    def breaks(bus: AccessibleBus) -> str:
        bus.interrupt()
        bus.children(ROOT)
        return "never"

    assert questions.ask(breaks, "lost") == "lost"
    now[0] = 6.0
    assert questions.ask(lambda bus: "again", "lost") == "again"
    questions.close()


def test_a_fault_of_our_own_is_not_hidden(where: Surroundings) -> None:
    questions = Questions(lambda: AccessibleBus(where.bus))
    with pytest.raises(ZeroDivisionError):
        questions.ask(lambda bus: 1 // 0, 0)
    questions.close()
