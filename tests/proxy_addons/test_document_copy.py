"""A copy is kept within bounds, and nobody downstream notices."""

from proxy_addons.document_copy import Allowance, DocumentCopy
from tests.detection.documents.factories import docx

LETTER = docx("rivers of wales")


def streamed(copy, body, step=100):
    pieces = [body[at : at + step] for at in range(0, len(body), step)]
    assert b"".join(copy(piece) for piece in (*pieces, b"")) == body
    return copy


def test_a_document_is_kept_whole():
    assert streamed(DocumentCopy(Allowance(1 << 20), 1 << 20), LETTER).hand_over() == (LETTER, True)


def test_what_begins_like_none_is_not_kept_and_takes_no_room():
    allowance = Allowance(3000)
    copy = streamed(DocumentCopy(allowance, 1 << 20), b"x" * 5000)
    assert copy.hand_over() == (b"", True)
    assert allowance.take(3000)


def test_a_short_one_that_begins_like_none_is_not_handed_over():
    assert streamed(DocumentCopy(Allowance(100), 100), b"see you").hand_over() == (b"", True)


def test_what_is_surely_one_is_kept_whatever_it_begins_with():
    assert streamed(DocumentCopy(Allowance(9999), 9999, sure=True), b"x" * 5000).hand_over() == (b"x" * 5000, True)


def test_of_a_long_one_the_beginning_is_kept():
    assert streamed(DocumentCopy(Allowance(9999), 300), LETTER).hand_over() == (LETTER[:300], False)


def test_where_there_is_no_room_it_is_let_go_and_says_so():
    allowance = Allowance(300)
    copy = streamed(DocumentCopy(allowance, 9999), LETTER)
    assert copy.crowded
    assert allowance.take(300)


def test_its_room_is_given_back_once():
    allowance = Allowance(len(LETTER))
    copy = streamed(DocumentCopy(allowance, 9999), LETTER)
    assert not allowance.take(1)
    copy.hand_over()
    copy.done()
    copy.done()
    assert allowance.take(len(LETTER))
    assert not allowance.take(1)


def test_whoever_reads_the_first_part_of_a_form_still_does():
    copy = streamed(DocumentCopy(Allowance(9999), 9999, read=10, sure=True), b"0123456789abc")
    assert (copy.body, copy.whole) == (b"0123456789", False)
    assert streamed(DocumentCopy(Allowance(9999), 9999), LETTER).whole
