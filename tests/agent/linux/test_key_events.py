"""What keys tell: Enter and pasting of programs that speak, letters of those that do not, and no lone word of these."""

from agent.linux.key_events import KeyEvents
from agent.linux.keymap import Pressed
from agent.linux.silent_programs import Reading
from agent.session.desktop import Edited, Entered, Event, Field, Window

WINDOW = Window(key="w", app="Game")
FIELD = Field(key="f", window=WINDOW)


class Keys:
    def __init__(self, reading: Reading, field: Field | None = None) -> None:
        self.told, self.reading, self.now = list[Event](), reading, 0.0
        self.events = KeyEvents(
            self.told.append, lambda: WINDOW, lambda: field, lambda window: self.reading, lambda: self.now
        )

    def type(self, text: str) -> None:
        for letter in text:
            self.events.pressed(Pressed(letter, letter))

    def press(self, name: str) -> None:
        self.events.pressed(Pressed("", name))

    @property
    def text(self) -> str:
        return "".join(event.inserted for event in self.told if isinstance(event, Edited))


def test_of_a_program_that_speaks_only_enter_is_told() -> None:
    keys = Keys(Reading.NOTHING, FIELD)
    keys.type("cats and dogs")
    keys.press("Return")
    assert keys.told == [Entered(field=FIELD)]


def test_a_lone_word_might_be_a_password_and_is_never_told() -> None:
    keys = Keys(Reading.SENTENCES)
    keys.type("hunter2")
    keys.press("Tab")
    keys.type("hunter2 ")
    keys.press("Return")
    keys.type("hunter2")
    keys.events.clicked(1)
    assert keys.told == []


def test_a_second_word_tells_the_first_too() -> None:
    keys = Keys(Reading.SENTENCES)
    keys.type("my cat")
    keys.press("Return")
    assert keys.text == "my cat"
    assert isinstance(keys.told[-1], Entered)


def test_in_a_terminal_every_letter_is_told_at_once_until_it_asks_for_a_secret() -> None:
    keys = Keys(Reading.TERMINAL)
    keys.type("ls")
    keys.press("Return")
    keys.reading = Reading.NOTHING
    keys.type("hunter2")
    keys.press("Return")
    keys.reading = Reading.TERMINAL
    keys.type("cd")
    assert keys.text == "lscd"


def test_what_comes_at_once_just_after_a_key_that_pastes_was_pasted() -> None:
    keys = Keys(Reading.NOTHING, FIELD)
    edit = Edited(field=FIELD, start=0, inserted="cats")
    assert keys.events.as_done(edit) == edit
    keys.events.pressed(Pressed("v", "v", control=True))
    assert keys.events.as_done(edit) == Edited(field=FIELD, start=0, inserted="cats", pasted=True)
    letter = Edited(field=FIELD, start=0, inserted="c")
    assert keys.events.as_done(letter) == letter
    keys.now = 5.0
    assert keys.events.as_done(edit) == edit


def test_what_goes_without_a_key_a_program_took_out() -> None:
    keys = Keys(Reading.NOTHING, FIELD)
    keys.type("c")
    edit = Edited(field=FIELD, start=0, removed=9)
    assert keys.events.as_done(edit) == edit
    keys.now = 5.0
    assert keys.events.as_done(edit) == Edited(field=FIELD, start=0, removed=9, by_program=True)


def test_what_goes_with_a_window_closed_by_its_shortcut_was_not_deleted() -> None:
    keys = Keys(Reading.NOTHING, FIELD)
    edit = Edited(field=FIELD, start=0, removed=9)
    for shortcut in (Pressed("", "F4", alt=True), Pressed("q", "q", control=True), Pressed("", "Return")):
        keys.events.pressed(shortcut)
        assert keys.events.as_done(edit) == Edited(field=FIELD, start=0, removed=9, by_program=True)
    keys.events.pressed(Pressed("x", "x", control=True))
    assert keys.events.as_done(edit) == edit


def test_keys_may_wait_only_while_the_program_tells_itself_what_is_typed() -> None:
    keys = Keys(Reading.SPEAKS, FIELD)
    keys.type("c")
    assert keys.events.rests() > 0
    keys.reading = Reading.TERMINAL
    keys.type("c")
    assert keys.events.rests() == 0


def test_what_may_have_been_pasted_is_judged_by_the_keys_that_waited() -> None:
    keys = Keys(Reading.SPEAKS, FIELD)
    waiting = [Pressed("v", "v", control=True)]
    events = KeyEvents(
        keys.told.append,
        lambda: WINDOW,
        lambda: FIELD,
        lambda window: Reading.SPEAKS,
        lambda: 0.0,
        lambda: events.pressed(waiting.pop()) if waiting else None,
    )
    done = events.as_done(Edited(field=FIELD, start=0, inserted="two words"))
    assert isinstance(done, Edited)
    assert done.pasted
    assert waiting == []
