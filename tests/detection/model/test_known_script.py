import pytest

from detection.inspection import observe
from detection.model.known_script import is_known
from detection.model.second_opinion import SecondOpinion
from detection.opinion import alone


@pytest.mark.parametrize(
    "text",
    [
        "see you later",
        "à bientôt, ça va",
        "آج سکول میں مزہ آیا",
        "हम पार्क जा रहे हैं",
        "homework ਦੀ photo bhej",
    ],
)
def test_it_has_learned_these_letters(text: str) -> None:
    assert is_known(text)


@pytest.mark.parametrize(
    "text", ["", "12:30", "🎉🎉🎉", "ਹੋਮਵਰਕ ਦੀ ਫੋਟੋ ਭੇਜ ਦੇ", "今天天气很好", "আমি আজ স্কুলে যাব", "сегодня хорошо"]
)
def test_it_has_not_learned_these(text: str) -> None:
    assert not is_known(text)


@pytest.mark.parametrize(
    "text",
    [
        "ਹੋਮਵਰਕ ਦੀ ਫੋਟੋ ਭੇਜ ਦੇ",  # send me a photo of the homework
        "ਮੈਂ ਸਿੱਖ ਹਾਂ ਤੇ ਗੁਰਦੁਆਰੇ ਜਾਂਦਾ ਹਾਂ",  # I am a Sikh and go to the gurdwara
        "ਵਾਲ ਕਟਾਉਣ ਜਾ ਰਿਹਾ ਹਾਂ",  # going for a haircut
        "আমি আজ স্কুলে যাব",  # I shall go to school today
        "நான் பள்ளிக்கு செல்கிறேன்",  # I go to school
        "今天天气很好我们去公园",  # nice weather, we go to the park
    ],
)
def test_whoever_writes_in_other_letters_is_not_raised_for_that(text: str) -> None:
    opinion = SecondOpinion().read(text)
    assert opinion is None or alone(opinion, observe(text, "chat")) == 0
