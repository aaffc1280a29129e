import codecs

import pytest

from detection.decoding.pieces import Decoded, in_place
from detection.decoding.swapped_letters import from_backwards, from_backwards_words, from_morse, from_rot13


def test_rot13_is_read_word_by_word_and_common_words_stay() -> None:
    written = f"tell him {codecs.encode('I know where you live', 'rot13')}, ok"
    assert Decoded(written, in_place(written, from_rot13(written)), "").text.startswith(
        "tell him I know where you live"
    )


@pytest.mark.parametrize("meant", ["selling cocaine", "yo selling cocaine", "ketamine", "smoked weed"])
def test_rot13_is_read_without_a_common_word(meant: str) -> None:
    written = codecs.encode(meant, "rot13")
    assert meant in Decoded(written, in_place(written, from_rot13(written)), "").text


def test_each_word_may_stand_backwards() -> None:
    written = "i wonk erehw uoy evil"
    assert Decoded(written, in_place(written, from_backwards_words(written)), "").text == "i know where you live"


def test_the_whole_may_stand_backwards() -> None:
    written = "evil uoy erehw wonk i"
    assert Decoded(written, from_backwards(written), "").text == "i know where you live"


@pytest.mark.parametrize(
    "written",
    [
        "-.-- --- ..- / .- .-. . / .-.. .- - .",
        "-.-- --- ..-   .- .-. .   .-.. .- - .",
        "−·−− −−− ··− | ·− ·−· · | ·−·· ·− − ·",
        "_.__ ___ .._ / ._ ._. . / ._.. ._ _ .",
    ],
)
def test_morse_code_is_read(written: str) -> None:
    (piece,) = from_morse(f"ok {written}")
    assert piece.text == "you are late"


@pytest.mark.parametrize("decode", [from_rot13, from_backwards, from_backwards_words, from_morse])
@pytest.mark.parametrize(
    "text",
    [
        "see you at the bus stop, ok?",
        "God saw a dog, and the dog was god",
        "ha ha ha . . . - - - well...",
        "- - - - - - - -",
        "...... ------ ......",
        "1. - a\n2. - b\n3. - c",
        "C. Jung, GB, PNA and a ton of fur",
        "Ala ma kota, a kot ma Ale",
        "-.-.-.-.-",
        "jnag " * 1000,
        "uoy " * 1000,
    ],
)
def test_ordinary_writing_is_left_alone(decode: object, text: str) -> None:
    assert callable(decode)
    assert decode(text) == []
