"""What has changed in a text: put to the old one it makes the new one, and it is no longer than it need be."""

from hypothesis import given
from hypothesis import strategies as st

from agent.session.difference import difference

TEXTS = st.text(alphabet="ab é水", max_size=12)


@given(TEXTS, TEXTS)
def test_the_change_makes_the_new_text_of_the_old(before: str, after: str) -> None:
    start, removed, inserted = difference(before, after)
    assert before[:start] + inserted + before[start + removed :] == after


@given(TEXTS, TEXTS, st.text(alphabet="xyz", min_size=1, max_size=3))
def test_a_text_put_in_is_found_as_it_was_put_in(left: str, right: str, new: str) -> None:
    assert difference(left + right, left + new + right) == (len(left), 0, new)


def test_nothing_changed_is_nothing() -> None:
    assert difference("same", "same")[1:] == (0, "")
