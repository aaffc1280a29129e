"""A text as it was before changes: undone in the order in which they came."""

from hypothesis import given
from hypothesis import strategies as st

from agent.linux.accessible_line import Ref, Signal
from agent.linux.before_signals import before_signals

FIELD = Ref(":1.1", "/1")


def signal(kind: str, at: int, text: str) -> Signal:
    return Signal(FIELD, "org.a11y.atspi.Event.Object", "TextChanged", kind, at, len(text), text)


@given(
    st.text(max_size=10),
    st.lists(st.tuples(st.booleans(), st.floats(0, 1), st.text(min_size=1, max_size=4)), max_size=8),
)
def test_whatever_was_told_is_undone(stood: str, changes: list[tuple[bool, float, str]]) -> None:
    text, signals = stood, []
    for inserts, where, letters in changes:
        at = round(where * len(text))
        if inserts:
            signals.append(signal("insert", at, letters))
            text = text[:at] + letters + text[at:]
        elif gone := text[at : at + len(letters)]:
            signals.append(signal("delete", at, gone))
            text = text[:at] + text[at + len(gone) :]
    assert before_signals(text, 0, signals) == stood


def test_of_a_part_of_a_text_what_reaches_beyond_it_cannot_be_undone() -> None:
    assert before_signals("cat", 100, [signal("insert", 101, "a")]) == "ct"
    assert before_signals("cat", 100, [signal("insert", 50, "a")]) is None
    assert before_signals("cat", 100, [signal("delete", 150, "a")]) is None
