import random
import time

import pytest

from detection.extract.edit import Edit
from detection.typed_text import BEFORE, GROWN, LONGEST, MOST_EDITS, MOST_STRETCHES, TypedText


def typed(text: str, at: int = 1, size: int = 4) -> list[Edit]:
    """As an editor saves it: a few letters at a time, each where the one before ended."""
    return [Edit(at + start, text[start : start + size]) for start in range(0, len(text), size)]


def said(*edits: Edit) -> list[str]:
    """Each edit saved by itself, and then a pause."""
    document = TypedText()
    texts = [text for edit in edits for text in document.take([edit])]
    return texts + document.rest()


def rubbed_out(at: int, count: int) -> list[Edit]:
    """Backspace, letter by letter, from the letter before ``at`` on."""
    return [Edit(at - back, removed=1) for back in range(1, count + 1)]


def test_a_sentence_typed_letter_by_letter_is_handed_on_when_it_ends() -> None:
    document = TypedText()
    texts = [document.take([edit]) for edit in typed("My cat is ill. And", size=1)]
    assert [text for text in texts if text] == [["My cat is ill."]]
    assert document.rest() == ["My cat is ill. And"]
    assert not document.waits


@pytest.mark.parametrize("text", ["Is it raining? ", "Stop!\n", "No full stop\n", "“Go on.” ", "你好。", "نعم؟ "])
def test_a_sentence_ends_in_many_ways(text: str) -> None:
    assert TypedText().take(typed(text)) == [text.strip()]


@pytest.mark.parametrize("text", ["it costs 3.50", "see example.com", "well..."])
def test_a_full_stop_with_nothing_after_it_may_be_no_end(text: str) -> None:
    document = TypedText()
    assert document.take(typed(text)) == []
    assert document.rest() == [text]


def test_a_long_sentence_is_handed_on_as_it_grows_and_never_in_the_middle_of_a_word() -> None:
    words = "the river ran past the mill and the old school and the shop and the church and on down to the sea"
    texts = said(*typed(words, size=1))
    assert len(texts) > 1
    assert texts[-1] == words
    assert all(words.startswith(text) and words[len(text) :][:1] in ("", " ") for text in texts)
    assert len(texts[0]) >= GROWN - 1


def test_a_script_without_spaces_is_handed_on_all_the_same() -> None:
    assert len(said(*typed("水" * 500, size=1))) > 2


def test_what_was_deleted_again_was_not_written() -> None:
    edits = [*typed("I like cats"), *rubbed_out(12, 4), *typed("dogs. ", at=8)]
    assert said(*edits) == ["I like dogs."]


def test_all_of_it_deleted_again_is_nothing() -> None:
    assert said(*typed("oh dear"), *rubbed_out(8, 7)) == []


def test_a_selection_typed_over_is_replaced() -> None:
    assert said(*typed("see you on Monday"), Edit(12, "Tuesday", removed=6)) == ["see you on Tuesday"]


def test_a_word_put_into_the_sentence_later_stands_where_it_was_put() -> None:
    document = TypedText()
    assert document.take(typed("I am going home.\n")) == ["I am going home."]
    assert document.take(typed("not ", at=6)) == []
    assert document.rest() == ["I am not going home."]


def test_taking_a_word_out_says_the_sentence_that_is_left() -> None:
    document = TypedText()
    document.take(typed("I am not going home.\n"))
    document.take([Edit(6, removed=4)])
    assert document.rest() == ["I am going home."]


def test_letters_that_come_out_of_order_are_set_by_their_place() -> None:
    assert TypedText().take([Edit(1, "wor"), Edit(4, "ld."), Edit(1, "o "), Edit(1, "hell"), Edit(13, "\n")]) == [
        "hello world."
    ]


def test_two_places_are_written_in_by_turns() -> None:
    document = TypedText()
    assert document.take([Edit(500, "the end of it")]) == []
    assert document.take([Edit(1, "Once there ")]) == ["the end of it"]
    assert document.take([Edit(12, "was a fox")]) == []
    assert document.take([Edit(500 + 20 + 13, " is near")]) == ["Once there was a fox"]
    assert document.rest() == ["the end of it is near"]


def test_unknown_text_between_two_pieces_parts_them_until_it_is_taken_out() -> None:
    document = TypedText()
    assert document.take([Edit(1, "one "), Edit(8, "two ")]) == ["one"]
    document.take([Edit(5, removed=3)])
    document.take([Edit(9, "three")])
    assert document.rest() == ["one two three"]


def test_unknown_text_taken_out_before_moves_what_is_known() -> None:
    document = TypedText()
    document.take([Edit(100, "hello")])
    document.take([Edit(1, removed=50)])
    document.take([Edit(55, " you")])
    assert document.rest() == ["hello you"]


def test_another_paragraph_is_left_out() -> None:
    document = TypedText()
    document.take(typed("My diary\n"))
    assert document.take(typed("It rained. ", at=10)) == ["It rained."]


def test_of_a_long_paragraph_the_sentences_just_before_are_said_again_and_no_more() -> None:
    document = TypedText()
    sentences = [f"This is sentence number {number} of many. " for number in range(30)]
    texts, at = list[str](), 1
    for sentence in sentences:
        texts += document.take(typed(sentence, at))
        at += len(sentence)
    assert all(sentence.strip() in "\n".join(texts) for sentence in sentences)
    assert max(map(len, texts)) <= BEFORE + 2 * GROWN
    assert all(text.startswith("This is") for text in texts)


def test_a_pasted_text_is_handed_on_whole_at_once_and_not_remembered_whole() -> None:
    pasted = "A pasted line of words.\n" * 10_000
    document = TypedText()
    assert document.take([Edit(1, pasted)]) == [pasted.strip()]
    assert document.take([Edit(1 + len(pasted), "One more. ")]) == ["One more."]
    assert sum(len(stretch.text) for stretch in document._stretches) <= LONGEST + 10


def test_places_are_counted_as_browsers_count_them() -> None:
    assert said(Edit(1, "so sad 😢"), Edit(10, " today"), Edit(8, removed=3)) == ["so sad today"]
    assert said(Edit(1, "so sad 😢"), Edit(10, " today")) == ["so sad 😢 today"]


def test_of_many_places_at_once_nothing_is_lost() -> None:
    edits = [Edit(1000 * number, f"word{number}") for number in range(1, 40)]
    assert said(*edits) == [f"word{number}" for number in range(1, 40)]
    document = TypedText()
    document.take(edits)
    assert len(document._stretches) <= MOST_STRETCHES


def test_edits_of_any_kind_are_taken_in_bounded_time() -> None:
    chance, document = random.Random(7), TypedText()
    edits = [
        Edit(chance.randrange(-5, 3000), chance.choice(["", "a", " b.", "\n", "😢", "\ud83d", "x" * 50]),
             chance.choice([0, 0, 1, 7, 10**30]))
        for _ in range(2 * MOST_EDITS)
    ]  # fmt: skip
    began = time.process_time()
    texts = document.take(edits) + document.rest()
    assert time.process_time() - began < 5
    assert all(text.encode() for text in texts)
    assert all(stretch.text for stretch in document._stretches)
