import dataclasses

import pytest

from images.drawing import Picture
from tests.images.factories import drawing


def test_a_drawing_cannot_be_changed_once_made() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        drawing().who = "somebody else"  # type: ignore[misc]


def test_a_picture_of_the_page_itself_needs_no_note() -> None:
    assert Picture(png=b"").note == ""
