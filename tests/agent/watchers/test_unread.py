from agent.watchers.unread import Tally, Unread


def test_what_was_not_read_is_counted_with_its_reason() -> None:
    tally = Tally()
    tally.unread(Unread.LARGE)
    tally.unread(Unread.LARGE)
    tally.unread(Unread.CROWDED, 40)
    assert tally[Unread.LARGE] == 2
    assert tally.sentences() == ["Not read of what was saved: 40, too many at once."]


def test_what_lies_in_the_file_itself_is_no_fault_of_the_device() -> None:
    tally = Tally()
    tally.unread(Unread.LARGE)
    tally.unread(Unread.ENCRYPTED)
    tally.unread(Unread.UNKNOWN)
    tally.was_read()
    assert tally[Unread.UNKNOWN] == tally.read == 1
    assert tally.sentences() == []
