import re

import pytest

from detection.extract.services import Pieces
from proxy_addons.frame_pieces import FramePieces

WORD = Pieces(one=re.compile("word"))
UNTIL = Pieces(one=re.compile("word"), last=re.compile("end"))


def test_messages_of_another_kind_are_read_at_once():
    assert FramePieces(WORD).take(b"hello") == [b"hello"]


def test_words_are_kept_until_a_message_of_another_kind_comes():
    joined = FramePieces(WORD)
    assert joined.take(b"word 1") == []
    assert joined.take(b"word 2") == []
    assert joined.take(b"done") == [b"word 1\nword 2", b"done"]
    assert joined.take(b"done") == [b"done"]


def test_the_message_that_says_it_is_the_last_one_ends_the_answer():
    joined = FramePieces(UNTIL)
    assert joined.take(b"word 1") == []
    assert joined.take(b"word 2 end") == [b"word 1\nword 2 end"]
    assert joined.finish() == []


def test_what_a_connection_that_ends_leaves_is_read():
    joined = FramePieces(WORD)
    joined.take(b"word 1")
    assert joined.finish() == [b"word 1"]
    assert joined.finish() == []


def test_a_long_answer_is_read_in_parts_that_overlap_by_whole_messages():
    joined = FramePieces(WORD, most=30, overlap=14)
    assert [joined.take(b"word %d" % n) for n in range(1, 6)] == [[], [], [], [], [b"\n".join(
        b"word %d" % n for n in range(1, 6)
    )]]  # fmt: skip
    assert joined.take(b"word 6") == []
    assert joined.finish() == [b"word 4\nword 5\nword 6"]


def test_what_was_read_already_is_not_read_again_alone():
    joined = FramePieces(WORD, most=12, overlap=6)
    joined.take(b"word 1")
    assert joined.take(b"word 2") == [b"word 1\nword 2"]
    assert joined.take(b"done") == [b"done"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe word", b"word " + bytes(3_000_000)])
def test_any_bytes_are_kept_within_the_limit(content):
    joined = FramePieces(WORD, most=1000, overlap=100)
    for _ in range(5):
        joined.take(content)
    assert sum(map(len, joined.finish())) <= 1000


def test_the_kind_of_a_long_message_is_found_at_either_end():
    long = b"x" * 100_000
    assert FramePieces(UNTIL).take(b"word" + long + b"end") == [b"word" + long + b"end"]
