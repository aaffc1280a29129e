from typing import get_type_hints

import pytest

from detection.extract import EXTRACTORS
from detection.extract.base import Extractor, Message, Passage
from detection.observation import Direction


@pytest.mark.parametrize("extractor", EXTRACTORS, ids=lambda extractor: type(extractor).__name__)
def test_every_extractor_can_be_asked_about_an_empty_message(extractor: Extractor) -> None:
    message = Message(url="", direction=Direction.SHOWN)
    assert extractor.handles(message) in (True, False)
    assert list(extractor.passages(message)) == []


def test_a_passage_names_no_person() -> None:
    """Who a message is about is the sensor's to say; an extractor knows only what the bytes claim."""
    assert set(get_type_hints(Passage)) == {"channel", "text", "conversation", "author", "app", "edits"}
