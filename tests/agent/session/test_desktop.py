"""The small interface: what a platform tells is plain, whole and cannot be changed on its way."""

from dataclasses import FrozenInstanceError

import pytest

from agent.session.desktop import Edited, Field, Window

WINDOW = Window(key="w", app="Editor", title="Notes")


def test_what_is_told_does_not_change_on_its_way() -> None:
    edit = Edited(field=Field(key="f", window=WINDOW), start=0, inserted="a")
    with pytest.raises(FrozenInstanceError):
        edit.inserted = "b"  # type: ignore[misc]


def test_a_field_is_open_and_an_edit_is_typed_unless_it_is_said_otherwise() -> None:
    field = Field(key="f", window=WINDOW)
    assert not field.is_secure
    assert not Edited(field=field, start=0).pasted


def test_a_window_is_at_its_page_or_else_at_its_file() -> None:
    assert Window(key="w", app="Browser", address="a.example", document="saved.html").location == "a.example"
    assert Window(key="w", app="Editor", document="notes.txt").location == "notes.txt"
    assert WINDOW.location == ""
