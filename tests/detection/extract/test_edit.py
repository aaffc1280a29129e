from detection.extract.base import Passage
from detection.extract.edit import Edit
from detection.observation import Channel


def test_an_edit_that_only_puts_in_takes_nothing_out() -> None:
    assert (Edit(3, "a").removed, Edit(3, removed=2).text) == (0, "")


def test_two_passages_with_other_edits_are_not_the_same() -> None:
    one, other = (Passage(channel=Channel.DOCUMENT, text="a", edits=(Edit(at, "a"),)) for at in (1, 2))
    assert one != other
