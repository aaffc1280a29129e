"""From events to sentences: when one is said, and that a secret never is."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.session.desktop import Activated, Edited, Entered, Event, Field, Focused, Rewritten, Stood, Window
from agent.session.fields import LONGEST_WAIT, MOST_FIELDS, PAUSE, Fields
from agent.session.said import Said
from detection.observation import Mark

WINDOW = Window(key="w", app="Editor", title="Notes")
FIELD = Field(key="f", window=WINDOW)
SECRET = Field(key="s", window=WINDOW, is_secure=True)


def typed(text: str, at: int = 0, field: Field = FIELD) -> list[Event]:
    return [Edited(field=field, start=at + i, inserted=letter) for i, letter in enumerate(text)]


def said(fields: Fields, events: Iterable[Event], now: float = 0.0, step: float = 0.1) -> list[Said]:
    return [s for i, event in enumerate(events) for s in fields.take(event, now + i * step)]


def test_a_sentence_is_said_the_moment_it_ends() -> None:
    fields = Fields()
    assert said(fields, typed("My cat sleeps.")) == []
    (sentence,) = said(fields, typed(" ", at=14))
    assert (sentence.text, sentence.field) == ("My cat sleeps.", FIELD)


def test_after_a_pause_it_is_said_as_far_as_it_has_come_and_again_under_the_same_place_when_it_has_grown() -> None:
    fields = Fields()
    said(fields, typed("My cat"))
    due = fields.due()
    assert due == pytest.approx(0.5 + PAUSE)
    assert fields.pause(due - 0.01) == []
    (first,) = fields.pause(due)
    assert fields.due() is None
    said(fields, typed(" sleeps", at=6), now=3.0)
    (second,) = fields.pause(9.0)
    assert (first.text, second.text) == ("My cat", "My cat sleeps")
    assert first.place == second.place


@pytest.mark.parametrize(
    "event",
    [
        Entered(field=FIELD),
        Focused(field=None),
        Focused(field=Field(key="g", window=WINDOW)),
        Focused(field=SECRET),
        Activated(window=None),
        Activated(window=Window(key="other", app="Game")),
    ],
)
def test_enter_and_going_elsewhere_complete_what_was_written(event: Event) -> None:
    fields = Fields()
    fields.take(Activated(window=WINDOW), 0.0)
    said(fields, typed("my cat"))
    assert [s.text for s in fields.take(event, 1.0)] == ["my cat"]
    assert fields.pause(9.0) == []


def test_a_chat_that_is_sent_by_a_click_is_said_and_not_deleted() -> None:
    fields = Fields()
    said(fields, typed("my cat"))
    (sent,) = fields.take(Edited(field=FIELD, start=0, removed=6, by_program=True), 1.0)
    assert (sent.text, sent.marks) == ("my cat", frozenset())
    assert fields.pause(9.0) == []


def test_a_new_title_of_the_same_window_completes_nothing() -> None:
    fields = Fields()
    fields.take(Activated(window=WINDOW), 0.0)
    said(fields, typed("my cat"))
    assert fields.take(Activated(window=Window(key="w", app="Editor", title="*Notes")), 1.0) == []


def test_somebody_who_never_pauses_is_heard_at_the_end_of_a_word() -> None:
    fields = Fields()
    sentences = said(fields, typed("on and on " * 20))
    assert sentences
    assert sentences[0].text.endswith(("on", "and"))
    assert len(sentences[0].text) <= LONGEST_WAIT * 10 + 5


@given(st.lists(st.sampled_from(["edit", "stood", "rewritten", "enter", "open"]), max_size=20))
def test_nothing_of_a_secure_field_is_ever_said(kinds: list[str]) -> None:
    events: dict[str, Event] = {
        "edit": Edited(field=SECRET, start=0, inserted="hunter2"),
        "stood": Stood(field=SECRET, text="hunter2 "),
        "rewritten": Rewritten(field=SECRET, text="hunter2. "),
        "enter": Entered(field=SECRET),
        "open": Edited(field=FIELD, start=0, inserted="a"),
    }
    fields = Fields()
    everything = said(fields, [events[kind] for kind in kinds]) + fields.settle(99.0)
    assert "hunter" not in "".join(s.text for s in everything)


def test_two_fields_written_in_turn_keep_their_sentences_apart() -> None:
    fields, other = Fields(), Field(key="g", window=WINDOW)
    said(fields, typed("my cat"))
    said(fields, typed("dear Sam", field=other))
    said(fields, typed(" sleeps", at=6))
    assert {s.text for s in fields.settle(9.0)} == {"my cat sleeps", "dear Sam"}


@given(st.lists(st.text(alphabet="ab .水", max_size=10), max_size=12))
def test_of_a_system_that_tells_only_whole_texts_the_last_is_said(texts: list[str]) -> None:
    fields = Fields()
    fields.take(Stood(field=FIELD, text=""), 0.0)
    everything = said(fields, [Rewritten(field=FIELD, text=text) for text in [*texts, "Then my cat came"]])
    everything += fields.settle(99.0)
    assert everything[-1].text.endswith("Then my cat came")


def test_what_stood_in_a_field_told_whole_is_not_the_persons() -> None:
    fields = Fields()
    fields.take(Stood(field=FIELD, text="Somebody else's. "), 0.0)
    fields.take(Rewritten(field=FIELD, text="Somebody else's. mine"), 1.0)
    assert [s.text for s in fields.settle(9.0)] == ["mine"]


def test_a_paste_that_the_system_knows_of_is_marked() -> None:
    fields = Fields()
    fields.take(Edited(field=FIELD, start=0, inserted="cats", pasted=True), 0.0)
    assert [set(s.marks) for s in fields.settle(9.0)] == [{Mark.PASTED}]


def test_a_field_forgotten_for_others_is_said_first() -> None:
    fields = Fields()
    everything = said(
        fields, [e for i in range(MOST_FIELDS + 1) for e in typed("cat", field=Field(key=str(i), window=WINDOW))]
    )
    assert [s.place.partition("/")[0] for s in everything] == ["0"]


def test_what_is_forgotten_is_said_to_nobody() -> None:
    fields = Fields()
    said(fields, typed("my cat"))
    fields.forget()
    assert fields.settle(9.0) == []
