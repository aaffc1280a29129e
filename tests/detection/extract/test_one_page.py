from detection.extract.base import Passage
from detection.extract.one_page import one_page
from detection.observation import Channel


def test_the_stretches_of_a_page_are_one_and_what_is_no_page_stays_by_itself() -> None:
    title, note = Passage(channel=Channel.PAGE, text="News", app="paper"), Passage(channel=Channel.POST, text="Hi")
    found = one_page([title, note, Passage(channel=Channel.PAGE, text="It rains.")])
    assert list(found) == [note, Passage(channel=Channel.PAGE, text="News\n\nIt rains.", app="paper")]


def test_where_there_is_no_page_none_is_made() -> None:
    assert list(one_page([])) == []
