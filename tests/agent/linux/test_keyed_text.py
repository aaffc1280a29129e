"""From keys to edits: what can be followed is followed, and where it cannot another stretch begins."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.linux.keyed_text import KeyedText
from agent.linux.keymap import Pressed
from agent.session.desktop import Edited, Entered, Event, Window
from agent.session.fields import Fields

WINDOW = Window(key="w", app="XTerm")
BACK, LEFT, RIGHT, ENTER = (Pressed("", name) for name in ("BackSpace", "Left", "Right", "Return"))


def letters(text: str) -> list[Pressed]:
    return [Pressed(letter, letter) for letter in text]


def events(keys: Sequence[Pressed], is_terminal: bool = True) -> list[Event]:
    text = KeyedText()
    return [event for key in keys for event in text.pressed(key, WINDOW, is_terminal)]


def said(keys: Sequence[Pressed], is_terminal: bool = True) -> list[str]:
    fields = Fields()
    everything = [s for now, event in enumerate(events(keys, is_terminal)) for s in fields.take(event, now / 2)]
    return [s.text for s in (*everything, *fields.settle(99.0))]


@given(st.lists(st.sampled_from([*letters("ab é"), BACK, LEFT, RIGHT]), max_size=40))
def test_edits_make_the_text_that_an_editor_would_have_while_it_can_be_followed(keys: list[Pressed]) -> None:
    text, caret, stretches = "", 0, [""]
    for key in keys:
        if key.letter:
            text, caret = text[:caret] + key.letter + text[caret:], caret + 1
        elif key is BACK and caret:
            text, caret = text[: caret - 1] + text[caret:], caret - 1
        elif (key is LEFT and caret) or (key is RIGHT and caret < len(text)):
            caret += 1 if key is RIGHT else -1
        else:
            text, caret = "", 0
            stretches.append("")
        stretches[-1] = text
    made = dict[str, str]()
    for event in events(keys):
        if isinstance(event, Edited):
            before = made.get(event.field.key, "")
            made[event.field.key] = before[: event.start] + event.inserted + before[event.start + event.removed :]
    assert [t for t in made.values() if t] == [t for t in stretches if t]


def test_a_correction_is_applied_and_enter_says_it() -> None:
    assert said([*letters("my cta"), BACK, BACK, *letters("at"), ENTER]) == ["my cat"]


@pytest.mark.parametrize(("key", "left"), [("w", "my"), ("u", "")])
def test_a_shells_keys_that_delete_are_known_in_a_terminal(key: str, left: str) -> None:
    made = said([*letters("my cat"), Pressed(key, key, control=True), ENTER])
    assert made == ["my cat", *([left] if left else [])]


@pytest.mark.parametrize(
    "key",
    [
        Pressed("", "Up"),
        Pressed("", "Home"),
        Pressed("v", "v", control=True),
        Pressed("", "Tab"),
        Pressed("", "Left", shift=True),
    ],
)
def test_where_the_caret_may_be_anywhere_another_stretch_begins(key: Pressed) -> None:
    assert said([*letters("my cat"), key, *letters("dog")], is_terminal=False) == ["my cat", "dog"]


def test_another_window_is_another_text() -> None:
    text = KeyedText()
    (first,) = text.pressed(Pressed("a"), WINDOW)
    (second,) = text.pressed(Pressed("b"), Window(key="v", app="Game"))
    assert isinstance(first, Edited)
    assert isinstance(second, Edited)
    assert first.field.key != second.field.key
    assert second.start == 0


def test_enter_is_told() -> None:
    assert isinstance(events([*letters("a"), ENTER])[-1], Entered)
