from detection.documents.passages import passages
from detection.observation import Channel


def test_a_short_document_is_one_passage() -> None:
    (one,) = passages("see you soon", "Some service")
    assert (one.channel, one.text, one.app) == (Channel.DOCUMENT, "see you soon", "Some service")


def test_a_long_one_is_several() -> None:
    assert len(list(passages("see you at the river\n" * 20_000))) == 5


def test_nothing_said_is_no_passage() -> None:
    assert list(passages(" \n ")) == []
