import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.normalise import key, normalise
from detection.places import CHUNK


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Nobody LIKES you", "nobody likes you"),
        ("don't", "dont"),
        ("don’t", "dont"),
        ("self-harm", "self harm"),
        ("  two \n\t words  ", "two words"),
        ("n0b0dy l1k3s y0u", "nobody likes you"),
        ("l!kes", "likes"),
        ("m@th$", "maths"),
        ("d€ath, fu¢k", "death fuck"),
        ("ｎｏｂｏｄｙ", "nobody"),
        ("nоbоdу", "nobody"),  # Cyrillic о, у
        ("ηobody", "nobody"),  # Greek η
        ("𝓷𝓸𝓫𝓸𝓭𝔂", "nobody"),
        ("ⓝⓞⓑⓞⓓⓨ", "nobody"),
        ("🅽🅾🅱🅾🅳🆈", "nobody"),
        ("🇳🇴 🇾🇴🇺", "no you"),
        ("ɴᴏ ʏᴏᴜ", "no you"),
        ("nóbödÿ", "nobody"),
        ("n̶o̶b̶o̶d̶y̶", "nobody"),
        ("no\u200bbo\u00addy", "nobody"),
        ("\u202enobody\u202c", "nobody"),
        ("ŁØĐ", "lod"),
        ("Straße", "strasse"),
        ("no&nbsp;b&shy;ody", "no body"),
        ("don&rsquo;t &#100;&#x69;e", "dont die"),
        ("R&B; a &made-up; &amp;", "r b a made up"),
        ("ｍ＠ｔｈｓ！", "maths"),
        ("nobody\u0345", "nobody"),
        ("Ϲat", "cat"),
        ("likes🔪you", "likes you"),
        ("你好", "你好"),
        ("ਜ਼ਿੰਦਗੀ ਨੂੰ ਸੱਚ", "ਜਿਦਗੀ ਨੂ ਸਚ"),  # signs that are as often left out
        ("", ""),
        ("\ud800", ""),
        ("!!!", ""),
    ],
)
def test_a_disguised_spelling_reads_like_the_plain_one(written: str, folded: str) -> None:
    assert key(written) == folded


@pytest.mark.parametrize(
    ("one", "another"), [("ਮਰ", "ਮੋਰ"), ("ਸੂਰ", "ਸਰ"), ("ਮੇਰਾ", "ਮਰਾ"), ("ਕੁੱਟ", "ਕੱਟ"), ("मर", "मोर"), ("মর", "মুর")]
)
def test_a_vowel_drawn_on_its_letter_makes_another_word(one: str, another: str) -> None:
    assert key(one) != key(another)


@pytest.mark.parametrize(
    "written", ["you die!", "die! now", "(die)", "die@home", "@die", "£5 or die", "die|", "5 € die", "die¢"]
)
def test_a_symbol_beside_a_word_is_not_a_letter_of_it(written: str) -> None:
    assert " die " in normalise(written.replace("die@home", "die @ home")).text


def test_every_letter_knows_where_it_stood() -> None:
    original = "Well… d\u200bо\u0301n’t!  «Stᴏp»"
    folded = normalise(original)
    assert folded.text == " well dont stop "
    assert [folded.span(i, i + 1)[0] for i in range(6, 10)] == [6, 8, 10, 12]
    start, end = folded.span(folded.text.index("stop"), folded.text.index("stop") + 4)
    assert original[start:end] == "Stᴏp"


def test_a_range_takes_the_accents_of_its_last_letter_with_it() -> None:
    original = "nobody\u0336!"
    assert normalise(original).span(1, 7) == (0, 7)


@pytest.mark.parametrize("written", ["ਨਫ਼ਰਤ ਹੈ", "ਜਾਨ ਨਹੀਂ"])
def test_so_it_does_where_the_script_is_another(written: str) -> None:
    original = f"({written})"
    assert normalise(original).span_of_words(0, 2) == (1, 1 + len(written))


def test_a_letter_in_htmls_writing_stands_where_all_of_it_stands() -> None:
    original = "so no&nbsp;bod&#121; here"
    folded = normalise(original)
    first = folded.text.index("body")
    assert original[slice(*folded.span(first, first + 4))] == "bod&#121;"


def test_origins_are_exact_far_into_a_long_text() -> None:
    original = "it's  a\u00adn ordinary — page. " * 600 + "NEEDLE" + " and  more" * CHUNK
    folded = normalise(original)
    first = folded.text.index("needle")
    start, end = folded.span(first, first + 6)
    assert original[start:end] == "NEEDLE"


@given(st.text(st.characters(codec=None)))
def test_any_text_folds_without_an_error_and_every_origin_lies_within_it(original: str) -> None:
    folded = normalise(original)
    assert "  " not in folded.text
    assert folded.text[0] == folded.text[-1] == " "
    places = [folded.span(i, i + 1)[0] for i, letter in enumerate(folded.text) if letter != " "]
    assert places == sorted(places)
    assert all(0 <= place < len(original) for place in places)


@given(st.text(st.sampled_from("ab1!@$| .’-\u200b\u0301éß𝓷л\n"), max_size=60))
def test_a_letter_comes_from_a_character_that_can_be_that_letter(original: str) -> None:
    folded = normalise(original)
    symbols = {"!": "i", "@": "a", "$": "s", "|": "i"}
    for i, letter in enumerate(folded.text):
        if letter != " ":
            source = original[folded.span(i, i + 1)[0]]
            assert letter in key(source) or letter == symbols.get(source)


@given(st.text())
def test_folding_twice_changes_nothing_more(original: str) -> None:
    once = key(original)
    assert key(once) == once
