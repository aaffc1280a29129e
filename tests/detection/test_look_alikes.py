import unicodedata

import pytest

from detection.look_alikes import LOOK_ALIKES
from detection.normalise import key


def test_every_look_alike_stands_for_one_small_latin_letter() -> None:
    assert all(len(drawn) == 1 and not drawn.isascii() for drawn in LOOK_ALIKES)
    assert set(LOOK_ALIKES.values()) <= set("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ΗΑΤΕ", "hate"),
        ("ΝΟ", "no"),
        ("ᎻᎪᎢᎬ", "hate"),
        ("ꓧꓮꓔꓰ", "hate"),
        ("𝚮𝚨𝚻𝚬", "hate"),
        ("hаtе", "hate"),
        ("Ьад", "baд"),
        ("ᴋɪʟʟ ᴍʏsᴇʟғ", "kill myself"),
        ("ᗩᒪᗯᗩYᔕ ᕼᑌᖇT", "always hurt"),
        ("∂ιє", "die"),
        ("ⲕⲓⳑⳑ", "kill"),
        ("ѕтαʟĸ", "stalk"),
    ],
)
def test_a_word_drawn_in_another_script_is_read(written: str, read: str) -> None:
    assert key(written) == read


def test_a_word_of_another_language_stays_a_word_of_its_own() -> None:
    words = ("привет", "καλημέρα", "բարեւ", "ᏣᎳᎩ")
    folded = [key(word) for word in words]
    assert all(len(found.split()) == 1 for found in folded)
    assert len(set(folded)) == len(words)
    assert all(unicodedata.normalize("NFC", found) for found in folded)
