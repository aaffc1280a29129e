import pytest

from proxy_addons.replay import key_log
from proxy_addons.replay.key_log import KeyLog

LINE = b"CLIENT_RANDOM " + b"0" * 64 + b" " + b"1" * 96


def test_lines_come_once_in_order_without_comments() -> None:
    keys = KeyLog()
    keys.add(b"# made by a browser\r\n" + LINE + b"1\r\n\r\n" + LINE + b"2\n")
    keys.add(LINE + b"1\n" + LINE + b"3")
    assert list(keys) == [LINE + b"1", LINE + b"2", LINE + b"3"]
    assert (len(keys), keys.dropped) == (3, 0)


def test_one_can_add_while_somebody_reads() -> None:
    keys = KeyLog()
    keys.add(b"one\ntwo")
    for line in keys:
        keys.add(line + b" again")
    assert len(keys) == 4


def test_more_than_is_kept_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_log, "MOST", 1000)
    keys = KeyLog()
    keys.add(b"\n".join(LINE + b"%d" % number for number in range(10)))
    assert (len(keys), keys.dropped) == (4, 6)
