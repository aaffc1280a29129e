import pytest

from detection.extract.language import is_identifier, is_language, is_short_message

SENTENCES = [
    "nobody likes you", "see you tomorrow!", "I'm “fine”, really", "k1ll y0urself", "ты где", "今日は天気がいい",
    "go\naway",
]  # fmt: skip
NO_SENTENCES = [
    "", "word", "9f86d081", "https://a.example/a b", "2024-01-01 10:00", "a { color: red; } b { margin: 0; }",
    "{ } ; =", "1 2 3 4", "GET /index.html HTTP/1.1",
]  # fmt: skip
SHORT = ["kys", "no", "🔪🩸", "1488", "noooooooooooooooooooooooooooooooo", "#goals", "k_y_s", "猫",
         "c2VlIHlvdSB0b21vcnJvdyBhdCA1", "73656520796f7520746f6d6f72726f77"]  # fmt: skip
IDENTIFIERS = [
    "https://a.example/x", "www.a.example", "9f86d081884c7d65", "123e4567-e89b-12d3-a456-426614174000",
    "MESSAGE_CREATE", "q83vEjRWeJCrze8SNFZ4kKvN", "data:image/png;base64,xx", "/api/v1/users",
]  # fmt: skip


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_are_language(text: str) -> None:
    assert is_language(text)
    assert is_short_message(text)


@pytest.mark.parametrize("text", NO_SENTENCES)
def test_other_strings_are_not(text: str) -> None:
    assert not is_language(text)


@pytest.mark.parametrize("text", SHORT)
def test_one_word_or_sign_can_be_a_message(text: str) -> None:
    assert is_short_message(text)


@pytest.mark.parametrize("text", [*IDENTIFIERS, "", "  ", "...", "-"])
def test_an_identifier_is_no_message(text: str) -> None:
    assert not is_short_message(text)


@pytest.mark.parametrize("text", IDENTIFIERS)
def test_identifiers_are_known(text: str) -> None:
    assert is_identifier(text)
