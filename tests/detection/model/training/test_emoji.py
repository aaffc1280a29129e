from detection.model.training.emoji import FEW, with_emoji

SENTENCES = [("safe", f"we went to the park on day {number}") for number in range(200)] + [
    ("bullying", "go away loser")
]


def test_the_same_sentences_get_the_same_emoji_each_once() -> None:
    made = list(with_emoji(SENTENCES, 100))
    assert made == list(with_emoji(SENTENCES, 100))
    assert len(made) == 100


def test_a_sentence_stays_what_it_is() -> None:
    made = list(with_emoji(SENTENCES, len(SENTENCES)))
    hurtful = [text for label, text in made if label == "bullying"]
    assert len(hurtful) == 1
    assert hurtful[0].startswith("go away loser ")
    said = {text for _, text in SENTENCES}
    assert all(text.startswith((*said, *FEW)) and not text.isascii() for _, text in made)
