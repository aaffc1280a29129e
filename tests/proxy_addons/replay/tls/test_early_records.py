from proxy_addons.replay.tls.early_records import MOST_HELD, EarlyRecords
from proxy_addons.replay.tls.records import Record


def record(size: int) -> Record:
    return Record(23, b"", bytes(size))


def test_what_is_held_is_given_once_and_then_no_more_may_come() -> None:
    early = EarlyRecords(may_come=True)
    assert [early.hold(record(5)), early.hold(record(7)), bool(early)] == [True, True, True]
    assert early.release() == [record(5), record(7)]
    assert (early.may_come, early.hold(record(5)), early.release()) == (False, False, [])


def test_where_none_may_come_none_is_held() -> None:
    early = EarlyRecords(may_come=False)
    assert (early.hold(record(5)), bool(early), early.drop()) == (False, False, 0)


def test_no_more_is_held_than_early_data_can_be() -> None:
    early = EarlyRecords(may_come=True)
    assert early.hold(record(MOST_HELD))
    assert not early.hold(record(1))
    assert (early.drop(), early.hold(record(1))) == (MOST_HELD, True)
