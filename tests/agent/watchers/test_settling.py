from pathlib import Path

from agent.watchers.settling import Settling

ESSAY, NOTES = Path("/d/essay.odt"), Path("/d/notes.txt")


def settling(most: int = 10) -> Settling[Path]:
    return Settling(quiet=1.0, longest=10.0, most=most)


def test_a_file_is_due_once_nothing_has_touched_it_for_a_while() -> None:
    waiting = settling()
    waiting.touch(ESSAY, 0.0)
    waiting.touch(ESSAY, 0.9)
    assert waiting.next() == 1.9
    assert waiting.take(1.8) is None
    assert waiting.take(1.9) == ESSAY
    assert waiting.take(1.9) is None
    assert waiting.next() is None


def test_a_file_that_is_written_to_without_end_is_due_all_the_same() -> None:
    waiting = settling()
    for tenth in range(120):
        waiting.touch(ESSAY, tenth / 10)
    assert waiting.next() == 10.0


def test_one_that_is_still_written_to_does_not_hold_up_another() -> None:
    waiting = settling()
    waiting.touch(ESSAY, 0.0)
    waiting.touch(NOTES, 0.1)
    waiting.touch(ESSAY, 1.0)
    assert waiting.take(1.1) == NOTES
    assert waiting.take(1.1) is None


def test_more_than_there_is_room_for_are_refused_and_those_that_wait_are_not_forgotten() -> None:
    waiting = settling(most=1)
    assert waiting.touch(ESSAY, 0.0)
    assert not waiting.touch(NOTES, 0.0)
    assert waiting.touch(ESSAY, 0.5)
    assert len(waiting) == 1


def test_a_file_that_was_renamed_does_not_wait_under_its_old_name() -> None:
    waiting = settling()
    waiting.touch(ESSAY, 0.0)
    waiting.forget(ESSAY)
    waiting.forget(ESSAY)
    assert waiting.take(5.0) is None
    waiting.touch(NOTES, 6.0)
    waiting.clear()
    assert not len(waiting)
