"""A sentence on its way: typed unless it is said otherwise."""

from agent.session.desktop import Field, Window
from agent.session.said import Said


def test_a_sentence_is_the_persons_own_and_stands_unless_it_is_said_otherwise() -> None:
    said = Said(field=Field(key="f", window=Window(key="w", app="Editor")), place="f/1", text="My cat.")
    assert not said.marks
    assert not said.is_shown
