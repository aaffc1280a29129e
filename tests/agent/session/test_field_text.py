"""What is written in one field: whatever is edited, the sentences said last are those that stand there."""

from itertools import count

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent.session.field_text import AT_ONCE, WHOLE_FILE, FieldText, Piece
from agent.session.kept_letters import AROUND
from agent.session.sentences import says_something, spans
from detection.observation import Mark


def field_text() -> FieldText:
    numbers = count(1)
    return FieldText(lambda: next(numbers))


def typed(field: FieldText, text: str, at: int = 0, now: float = 0.0) -> list[Piece]:
    return [piece for i, letter in enumerate(text) for piece in field.edited(at + i, 0, letter, False, now + i / 10)]


def rubbed_out(field: FieldText, end: int, letters: int, now: float = 10.0) -> list[Piece]:
    return [p for i in range(letters) for p in field.edited(end - 1 - i, 1, "", False, now + i / 10)]


def said(pieces: list[Piece]) -> list[tuple[str, set[Mark]]]:
    return [(piece.text, set(piece.marks)) for piece in pieces]


EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 6), st.text(alphabet="abé ь水.!\n", max_size=AT_ONCE - 1), st.booleans()),
    max_size=25,
)


@given(EDITS)
@example([(0.0, 0, "a. b", True), (0.5, 2, "", True)])
def test_whatever_is_edited_the_sentences_said_last_are_those_that_stand(
    edits: list[tuple[float, int, str, bool]],
) -> None:
    field, model, pieces = field_text(), "", list[Piece]()
    for now, (where, removed, inserted, settles) in enumerate(edits):
        at = round(where * len(model))
        removed = min(removed, len(model) - at)
        model = model[:at] + inserted + model[at + removed :]
        pieces += field.edited(at, removed, inserted, False, float(now))
        pieces += field.settle(float(now)) if settles else []
    pieces += field.settle(99.0)
    last = {piece.number: piece.text for piece in pieces if Mark.DELETED not in piece.marks}
    standing = {model[low:high].strip() for low, high in spans(model) if says_something(model[low:high])}
    assert standing <= set(last.values())
    assert not field.waits


@given(
    st.lists(st.sampled_from(["my", "cat", "é", "кот", "猫", "sleeps", "Ünder"]), min_size=1, max_size=12), st.data()
)
def test_a_sentence_keeps_its_number_while_it_grows(words: list[str], data: st.DataObject) -> None:
    field, at, numbers = field_text(), 0, set[int]()
    for word in words:
        typed(field, word + " ", at)
        at += len(word) + 1
        if data.draw(st.booleans()):
            numbers |= {piece.number for piece in field.settle(0.0)}
    numbers |= {piece.number for piece in field.settle(0.0)}
    assert len(numbers) == 1


@given(st.text(alphabet="abc éк", min_size=2, max_size=30).filter(lambda t: says_something(t)), st.booleans())
def test_all_of_it_deleted_again_is_said_once_and_marked(text: str, paused: bool) -> None:
    field = field_text()
    typed(field, text)
    whole = field.settle(5.0) if paused else []
    rubbed_out(field, len(text), len(text))
    assert said(field.settle(20.0)) == [(text.strip(), {Mark.DELETED})]
    assert said(whole) == ([(text.strip(), set())] if paused else [])


def test_a_slip_of_the_finger_is_corrected_and_nothing_more() -> None:
    field = field_text()
    typed(field, "my cta")
    assert rubbed_out(field, 6, 2) == []
    assert typed(field, "at sleeps", at=4) == []
    assert said(field.settle(20.0)) == [("my cat sleeps", set())]


def test_words_taken_back_are_said_as_they_stood_and_what_is_left_as_it_stands() -> None:
    field = field_text()
    typed(field, "I like cats and dogs")
    rubbed_out(field, 20, 9)
    pieces = typed(field, "!", at=11, now=12.0) + field.settle(20.0)
    assert said(pieces) == [("I like cats and dogs", {Mark.DELETED}), ("I like cats!", set())]
    assert len({piece.number for piece in pieces}) == 1


def test_a_field_that_empties_itself_after_enter_was_sent_and_not_deleted() -> None:
    field = field_text()
    typed(field, "my cat sleeps")
    field.entered(2.0)
    assert said(field.settle(2.0)) == [("my cat sleeps", set())]
    assert field.edited(0, 13, "", False, 2.1) == []
    assert field.settle(3.0) == []


def test_enter_heard_a_moment_after_the_field_emptied_counts_too() -> None:
    field = field_text()
    typed(field, "my cat sleeps")
    field.settle(2.0)
    field.edited(0, 13, "", False, 2.1)
    field.entered(2.15)
    assert field.settle(3.0) == []


def test_what_a_program_takes_out_was_not_taken_back() -> None:
    field = field_text()
    typed(field, "my cat sleeps")
    assert said(field.cleared(0, 13, 2.0)) == [("my cat sleeps", set())]
    assert field.settle(9.0) == []
    typed(field, "hello", now=10.0)
    assert said(field.settle(20.0)) == [("hello", set())]


def test_a_word_in_the_middle_of_what_stood_there_is_read_with_its_sentence() -> None:
    field = field_text()
    field.stood(100, "Yes. I am going home. Bye.")
    typed(field, "not ", at=110)
    assert said(field.settle(1.0)) == [("I am not going home.", set())]


def test_what_only_stands_there_is_never_said() -> None:
    field = field_text()
    field.stood(0, "Somebody else's words.")
    assert field.settle(1.0) == []


def test_coming_back_to_a_field_what_was_written_there_is_still_the_persons_own() -> None:
    field = field_text()
    typed(field, "my cat sleeps")
    (first,) = field.settle(2.0)
    field.stood(0, "my cat sleeps")
    assert field.settle(3.0) == []
    rubbed_out(field, 13, 6)
    taken_back, left = field.settle(20.0)
    assert (taken_back.text, left.text) == ("my cat sleeps", "my cat")
    assert {first.number} == {taken_back.number, left.number}


def test_a_split_sentence_leaves_its_number_to_the_first_part() -> None:
    field = field_text()
    typed(field, "cats sleep dogs bark")
    (whole,) = field.settle(3.0)
    typed(field, ".", at=10)
    first, second = field.settle(4.0)
    assert (first.text, second.text) == ("cats sleep.", "dogs bark")
    assert first.number == whole.number != second.number


@pytest.mark.parametrize("known", [True, False])
def test_what_comes_all_at_once_is_pasted_whether_or_not_the_system_says_so(known: bool) -> None:
    field = field_text()
    text = "My cat sleeps. Her name is Ada."
    field.edited(0, 0, text, known, 0.0)
    assert said(field.settle(1.0)) == [(text, {Mark.PASTED})]


def test_a_word_that_an_input_method_puts_in_at_once_was_typed() -> None:
    field = field_text()
    field.edited(0, 0, "我的猫在睡觉", False, 0.0)
    assert said(field.settle(1.0)) == [("我的猫在睡觉", set())]


def test_typing_after_a_paste_is_a_sentence_of_its_own() -> None:
    field = field_text()
    field.edited(0, 0, "My cat sleeps. Her name is Ada. ", True, 0.0)
    (pasted,) = field.settle(1.0)
    typed(field, "I like her", at=32, now=2.0)
    (own,) = field.settle(5.0)
    assert own.text == "I like her"
    assert not own.marks
    assert own.number != pasted.number


def test_a_long_paste_is_said_whole_and_not_kept() -> None:
    field = field_text()
    text = "My cat sleeps. " * 1000
    assert said(field.edited(0, 0, text, True, 0.0)) == [(text.strip(), {Mark.PASTED})]
    assert not field.waits


def test_a_file_opened_in_the_field_is_shown_and_not_written() -> None:
    field = field_text()
    (piece,) = field.edited(0, 0, "My cat sleeps. " * (AROUND // 10), False, 0.0)
    assert piece.is_shown
    assert not piece.marks
    short = field_text()
    short.edited(0, 0, "My cat sleeps. " * (WHOLE_FILE // 14), False, 0.0)
    assert [piece.is_shown for piece in short.settle(1.0)] == [True]


def test_far_apart_is_apart_and_nothing_is_lost_between() -> None:
    field = field_text()
    typed(field, "here", at=10)
    assert said(typed(field, "there", at=50_000)) == [("here", set())]
    assert said(field.settle(9.0)) == [("there", set())]


def test_what_is_near_but_not_known_between_is_not_made_up() -> None:
    field = field_text()
    typed(field, "here", at=10)
    typed(field, "there", at=100)
    assert said(field.settle(9.0)) == [("here", set()), ("there", set())]


def test_backspacing_over_what_is_not_known_says_nothing_of_it() -> None:
    field = field_text()
    typed(field, "ab", at=0)
    rubbed_out(field, 2, 5)
    typed(field, "cat", at=-3, now=12.0)
    assert [text for text, marks in said(field.settle(20.0)) if Mark.DELETED not in marks] == ["cat"]


def test_memory_is_bounded_however_much_is_put_in() -> None:
    field, at = field_text(), 0
    for turn in range(200):
        field.edited(at, 0, "My cat sleeps. " * 60, True, turn / 100)
        at += 900
    assert len(field._kept.text) <= 5 * AROUND
