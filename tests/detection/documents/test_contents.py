import pytest

from detection.documents.contents import Contents, Enough, Gathering, Shortfall


def test_pieces_join_on_a_line_and_lines_are_broken_once() -> None:
    gathering = Gathering()
    gathering.say("see ")
    gathering.say("you")
    gathering.break_line()
    gathering.break_line()
    gathering.line(" soon ")
    assert gathering.contents == Contents(text="see you\nsoon")


def test_text_up_to_the_limit_is_kept_and_the_rest_is_said_to_be_missing() -> None:
    gathering = Gathering(most_text=5)
    with pytest.raises(Enough):
        gathering.say("see you")
    assert gathering.contents == Contents(text="see y", shortfall=Shortfall.LARGE)


def test_too_much_unpacked_ends_it() -> None:
    gathering = Gathering(most_unpacked=10)
    gathering.unpacked(10)
    with pytest.raises(Enough):
        gathering.unpacked(1)
    assert gathering.contents.shortfall is Shortfall.LARGE


def test_the_first_reason_is_the_one_that_counts() -> None:
    gathering = Gathering()
    gathering.fall_short(Shortfall.ENCRYPTED)
    gathering.fall_short(Shortfall.BROKEN)
    assert gathering.contents.shortfall is Shortfall.ENCRYPTED
