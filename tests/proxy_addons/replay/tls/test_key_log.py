import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.replay.tls import key_log
from proxy_addons.replay.tls.key_log import LONGEST, MOST_NAMED, KeyLog, PassedOver, lines_of

RANDOM, SECRET = bytes(range(32)), bytes(48)
LINE = b"CLIENT_RANDOM " + RANDOM.hex().encode() + b" " + SECRET.hex().encode()


def test_a_secret_is_found_by_its_label_and_client_random() -> None:
    keys = KeyLog()
    assert keys.add([LINE + b"\r\n"]) == PassedOver()
    assert keys.secret("CLIENT_RANDOM", RANDOM) == SECRET
    assert keys.secret("CLIENT_RANDOM", bytes(32)) is None
    assert keys.secret("CLIENT_TRAFFIC_SECRET_0", RANDOM) is None


@pytest.mark.parametrize(
    ("line", "is_good"),
    [
        (b"", True),
        (b"  \n", True),
        (b"# made by a browser", True),
        (LINE.lower().replace(b"client_random", b"CLIENT_RANDOM"), True),
        (b"EXPORTER_SECRET 00 00", True),
        (b"RSA 0102030405060708 00", True),
        (LINE[:-1], False),
        (LINE[:-2], False),
        (LINE.replace(b"00", b"0g"), False),
        (LINE + b" more", False),
        (b"CLIENT_RANDOM", False),
        (b"\xff\x00 \x01 \x02", False),
        (LINE + b" " * LONGEST, False),
    ],
)
def test_a_line_that_cannot_be_read_is_told_by_its_number(line: bytes, is_good: bool) -> None:
    assert KeyLog().add([LINE, line]) == (PassedOver() if is_good else PassedOver(bad=1, first=[2]))


def test_a_copy_is_filled_on_its_own() -> None:
    first = KeyLog()
    second = first.copy()
    second.add([LINE])
    assert first.secret("CLIENT_RANDOM", RANDOM) is None
    assert second.copy().secret("CLIENT_RANDOM", RANDOM) == SECRET


def test_a_file_is_read_line_by_line_whatever_is_in_it() -> None:
    file = io.BytesIO(LINE + b"\n" + b"x" * 3000 + b"\n" + LINE.replace(b"RANDOM", b"RANDOM "))
    lines = list(lines_of(file))
    assert max(map(len, lines)) <= LONGEST + 1
    assert KeyLog().add(lines) == PassedOver(bad=3, first=[2, 3, 4])


def test_of_many_bad_lines_the_first_are_named_and_all_are_counted() -> None:
    passed = KeyLog().add([LINE, *[b"bad"] * 100])
    assert (passed.bad, passed.first) == (100, list(range(2, 2 + MOST_NAMED)))


def test_more_than_is_kept_is_counted_but_what_is_known_may_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_log, "MOST", 2)
    lines = [LINE.replace(b"M 00", b"M %02d" % number) for number in range(4)]
    assert KeyLog().add([*lines, *lines]) == PassedOver(too_many=4)


@given(st.lists(st.binary(max_size=200)))
def test_no_line_whatever_is_in_it_stops_the_reading(lines: list[bytes]) -> None:
    assert KeyLog().add(lines).bad <= len(lines)
