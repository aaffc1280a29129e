import pytest

from detection import vocabulary
from detection.disguise import bare
from detection.vocabulary import OTHER, SIZE, Vocabulary


def read(known: Vocabulary, text: str) -> str:
    return known.known().read(text.split())


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("you are alone", "u r alone"),
        ("send pics", "send photos"),
        ("tell mum", "tell mother"),
        ("tell mother", "tell mam"),
        ("smoking", "smokin"),
    ],
)
def test_one_word_in_several_spellings_has_one_code(phrase: str, text: str) -> None:
    known = Vocabulary((), str)
    assert known.learn(phrase.split()) == read(known, text)


def test_every_word_has_as_many_characters_and_a_stranger_the_same_as_any() -> None:
    known = Vocabulary((), str)
    assert len(known.learn(["hate", "you"])) == 2 * SIZE
    assert read(known, "cats hate dogs") == OTHER + known.learn(["hate"]) + OTHER


def test_a_word_that_a_phrase_holds_is_never_taken_for_a_careless_spelling() -> None:
    known = Vocabulary((), str)
    short, long = known.learn(["leavin"]), known.learn(["leaving"])
    assert (read(known, "leavin"), read(known, "leaving")) == (short, long)
    assert short != long


def test_no_code_begins_in_the_middle_of_another() -> None:
    known = Vocabulary((), str)
    codes = [known.learn([f"word{number}"]) for number in range(5000)]
    assert len(set(codes)) == 5000
    assert not {c[0] for c in codes} & ({c[1] for c in codes} | {c[2] for c in codes})


def test_a_stem_stands_for_every_word_that_begins_so() -> None:
    known = Vocabulary(["zabij", "zabijam"], str)
    learnt, other = known.learn(["zabije"]), known.learn(["zabawa"])
    assert known.beginning_with("zabij") >= {learnt, read(known, "zabijesz"), read(known, "zabijamy")}
    assert known.beginning_with("zabijam") == {read(known, "zabijamy")}
    assert other not in known.beginning_with("zabij")
    assert read(known, "zab") == OTHER


def test_words_are_folded_as_the_text_was() -> None:
    known = Vocabulary((), bare)
    assert known.learn(["kill", "you"]) == known.known().read([bare("kiill"), bare("yu")])


def test_more_words_than_there_are_codes_for_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_KINDS", 2)
    known = Vocabulary(("a", "b"), str)
    assert len({known.learn([word]) for word in "abcdef"}) == 6
    with pytest.raises(OverflowError, match="more than 8 different words"):
        known.learn(["g"])
