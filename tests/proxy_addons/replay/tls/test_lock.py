import pytest

from proxy_addons.replay.tls.lock import MOST_TRIED, NOT_OPENED, Lock, Plain, Shut
from proxy_addons.replay.tls.protection import Aead13
from proxy_addons.replay.tls.records import Record
from proxy_addons.replay.tls.suites import SUITES
from tests.proxy_addons.replay.tls.test_protection import SECRET, sealed

OPENING = Aead13(SUITES[0x1301], SECRET)
ALERT = Record(21, b"\x15\x03\x03\x00\x02", b"\x01\x00")


def shut(lock: Lock, record: Record) -> tuple[str, bool]:
    with pytest.raises(Shut) as raised:
        lock.open(record)
    return raised.value.reason, raised.value.for_good


def test_records_are_in_clear_until_a_key_comes_into_force_and_are_numbered_from_there() -> None:
    lock = Lock()
    assert (lock.is_clear, lock.open(ALERT)) == (True, Plain(21, b"\x01\x00"))
    lock.protect(OPENING)
    assert [lock.open(sealed(b"a\x17")), lock.open(sealed(b"b\x17", 1))] == [Plain(23, b"a"), Plain(23, b"b")]
    assert (lock.is_clear, lock.number) == (False, 2)


def test_what_its_key_does_not_open_shuts_all_that_follows() -> None:
    lock = Lock()
    lock.protect(OPENING)
    assert shut(lock, sealed(b"a\x17", 5)) == (NOT_OPENED, True)


def test_what_is_in_clear_among_protected_records_is_passed_over() -> None:
    lock = Lock()
    lock.protect(OPENING)
    assert lock.open(ALERT) is None
    assert lock.open(sealed(b"a\x17")) == Plain(23, b"a")


def test_a_key_that_is_expected_is_tried_so_often_and_no_oftener() -> None:
    lock, other = Lock(), sealed(b"other\x16", 9)
    lock.expect(OPENING, "not yet")
    assert {shut(lock, other) for _ in range(MOST_TRIED)} == {("not yet", False)}
    assert lock.open(sealed(b"a\x17")) == Plain(23, b"a")
    assert lock.number == 1
    lock.expect(OPENING, "not yet")
    assert [shut(lock, other)[1] for _ in range(MOST_TRIED + 1)] == [False] * MOST_TRIED + [True]


def test_padding_is_remembered() -> None:
    lock = Lock()
    lock.protect(OPENING)
    lock.open(sealed(b"a\x17"))
    assert not lock.has_padding
    lock.open(sealed(b"b\x17" + bytes(9), 1))
    assert lock.has_padding
