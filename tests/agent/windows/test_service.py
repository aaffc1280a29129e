import sys

import pytest

from agent.windows.service import (
    ACCEPTS,
    DONE,
    INTERROGATE,
    NOT_KNOWN,
    SESSION_CHANGE,
    SHUTDOWN,
    STOP,
    answer,
    run_service,
)


class Program:
    def __init__(self) -> None:
        self.told = list[object]()

    def run(self) -> None:
        self.told.append("run")

    def stop(self, *, shutting_down: bool) -> None:
        self.told.append("shut down" if shutting_down else "stop")

    def session_changed(self, kind: int, session: int) -> None:
        self.told.append((kind, session))


@pytest.mark.parametrize(("control", "told"), [(STOP, "stop"), (SHUTDOWN, "shut down")])
def test_it_stops_when_it_is_told_to_and_when_the_machine_does(control: int, told: str) -> None:
    program = Program()
    assert answer(program, control, 0, 0) == DONE
    assert program.told == [told]


def test_who_signs_in_is_told() -> None:
    program = Program()
    assert answer(program, SESSION_CHANGE, 5, 2) == DONE
    assert program.told == [(5, 2)]


def test_a_question_is_answered_and_what_is_unknown_is_refused() -> None:
    program = Program()
    assert answer(program, INTERROGATE, 0, 0) == DONE
    assert answer(program, 2, 0, 0) == NOT_KNOWN, "it cannot be paused"
    assert program.told == []
    assert not ACCEPTS & 0x02


@pytest.mark.skipif(sys.platform == "win32", reason="says what happens elsewhere")
def test_elsewhere_it_says_so() -> None:
    with pytest.raises(OSError, match="this is not Windows"):
        run_service(Program())
