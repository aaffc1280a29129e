from detection.observation import Channel
from tests.detection.extract.factories import said, shown, written


def test_text_is_read_as_it_is() -> None:
    assert said(shown("nobody likes you\n", "text/plain")) == [(Channel.PAGE, "nobody likes you")]


def test_text_the_person_sends_is_a_post() -> None:
    assert said(written("nobody likes you", "text/plain")) == [(Channel.POST, "nobody likes you")]


def test_text_without_a_type_is_read_if_it_is_text() -> None:
    assert said(shown("nobody likes you", "")) == [(Channel.PAGE, "nobody likes you")]
    assert said(shown(b"PK\x03\x04\x00\x00nobody likes you", "")) == []
    assert said(shown("%PDF-1.4 (nobody likes you)", "")) == []


def test_an_identifier_alone_is_not_language() -> None:
    assert said(shown("9f86d081884c7d659a2feaa0c55ad015", "text/plain")) == []
