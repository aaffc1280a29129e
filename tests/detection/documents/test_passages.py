from detection.documents.passages import LONGEST, passages
from detection.observation import Channel


def test_a_short_document_is_one_passage() -> None:
    (one,) = passages("see you soon", "Some service")
    assert (one.channel, one.text, one.app) == (Channel.DOCUMENT, "see you soon", "Some service")


def test_a_long_one_is_cut_between_lines() -> None:
    line = "see you at the river"
    found = list(passages(f"{line}\n" * 20_000))
    assert len(found) == 5
    assert {part for passage in found for part in passage.text.split("\n")} == {line}


def test_one_without_lines_is_cut_between_words_and_one_without_words_anywhere() -> None:
    assert all(set(p.text.split(" ")) == {"river"} for p in passages("river " * 50_000))
    assert [len(p.text) for p in passages("x" * (LONGEST + 5))] == [LONGEST, 5]


def test_nothing_said_is_no_passage() -> None:
    assert list(passages(" \n ")) == []
