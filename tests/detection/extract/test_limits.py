"""Over every limit the part before it is read, and that more was left out is noted; up to it nothing is."""

import zlib
from collections.abc import Callable, Iterable

import pytest

from detection.conversations import Conversation
from detection.extract import by_format, extract
from detection.extract.limits import at_most, cut, first_fields, inflated, leave_out, noticing
from tests.detection.extract.long_formats import READ, mail_of
from tests.detection.extract.long_messages import FIRST, LAST, OVER, VOLUME, mixed


def noted(read: Callable[[], object]) -> tuple[str, bool]:
    """What was found, and whether something was left out."""
    with noticing() as noted_here:
        found = read()
        text = repr(list(found) if isinstance(found, Iterable) else found)
    return text, noted_here.left_out


def test_up_to_a_limit_nothing_is_left_out() -> None:
    assert noted(lambda: at_most([1, 2], 2)) == ("[1, 2]", False)
    assert noted(lambda: [cut("ab", 2), first_fields("a=1&b=2", 2)]) == ("['ab', 'a=1&b=2']", False)
    assert noted(lambda: [inflated(zlib.decompressobj(), zlib.compress(b"ab"), 2)]) == ("[b'ab']", False)


def test_over_it_the_first_part_stands() -> None:
    assert noted(lambda: at_most([1, 2, 3], 2)) == ("[1, 2]", True)
    assert noted(lambda: [cut(b"abc", 2)]) == ("[b'ab']", True)
    assert noted(lambda: [first_fields("a=1&b=2&c=3", 2)]) == ("['a=1&b=2']", True)
    assert noted(lambda: [inflated(zlib.decompressobj(), zlib.compress(b"abc"), 2)]) == ("[b'ab']", True)
    assert noted(lambda: [inflated(zlib.decompressobj(), zlib.compress(b"abc"), 0)]) == ("[b'']", True)


def test_it_is_noted_for_the_innermost_reading_and_where_nobody_asks_it_is_no_error() -> None:
    leave_out()
    with noticing() as outer:
        with noticing() as inner:
            leave_out()
        assert (inner.left_out, outer.left_out) == (True, False)


@pytest.mark.parametrize("what", OVER)
def test_a_message_over_a_limit_is_read_up_to_it(what: str) -> None:
    text, left_out = noted(lambda: extract(OVER[what]))
    assert (FIRST in text, LAST in text, left_out) == (True, False, True)


@pytest.mark.parametrize("what", READ)
def test_a_format_over_a_limit_is_read_up_to_it(what: str) -> None:
    text, left_out = noted(READ[what])
    assert (FIRST in text, LAST in text, left_out) == (True, False, True)


TALKS = {
    "a line of IRC": (
        [(True, b"NICK a\r\nUSER a 0 * :a\r\n"), (True, f"PRIVMSG #a :{FIRST} {VOLUME * 20}{LAST}\r\n".encode())]
    ),
    "a mail of SMTP": [
        (False, b"220 x\r\n"), (True, b"EHLO x\r\n"), (False, b"250 x\r\n"), (True, b"DATA\r\n"),
        (False, b"354 go\r\n"),
        (True, mail_of(mixed("text/plain", 0)).replace(b"\r\n--b\r\nContent-Type: text/plain\r\n\r\nnobody", (
            "\r\n--b\r\nContent-Type: image/png\r\n\r\n" + f"{VOLUME}\r\n" * 17_000
            + "--b\r\nContent-Type: text/plain\r\n\r\nnobody").encode()) + b"\r\n.\r\n"),
    ],
    "a stanza of XMPP": [
        (True, b"<?xml version='1.0'?><stream:stream to='a' xmlns='jabber:client' "
               b"xmlns:stream='http://etherx.jabber.org/streams'>"),
        (True, f"<message to='b' type='chat'><body>{FIRST}</body><a>{VOLUME * 300}</a>".encode()),
        (True, f"<body>{LAST}</body></message>".encode()),
    ],
    "a packet of MQTT": [
        (True, b"\x10\x0f\0\4MQTT\4\2\0\x3c\0\3abc"),
        (True, b"\x30" + b"\xff\xff\x7f" + b"\0\1a" + f"{FIRST} {VOLUME * 2100}{LAST}".encode()[:2097148]),
    ],
}  # fmt: skip


@pytest.mark.parametrize("what", TALKS)
def test_a_conversation_over_a_limit_is_read_up_to_it_and_noted_once(what: str) -> None:
    conversation, times, found = Conversation(), 0, []
    for from_client, data in TALKS[what]:
        for at in range(0, len(data), 60_000):
            with noticing() as one:
                found += list(conversation.feed(data[at : at + 60_000], from_client=from_client))
            times += one.left_out
    assert (FIRST in repr(found), LAST in repr(found), times) == (True, False, 1)


def test_without_its_named_reader_a_message_has_the_same_limits() -> None:
    assert noted(lambda: by_format(OVER["passages of a message"]))[1]
