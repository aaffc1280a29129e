from detection import cues
from detection.normalise import key


def test_every_cue_is_folded_as_texts_are() -> None:
    single = cues.NEGATIONS | cues.SUBJECTS | cues.FIRST_PERSON | cues.MAY_STAND_BETWEEN
    phrases = [*cues.HELP, *cues.DENIALS, *cues.NO_REAL_NEGATIONS, *(w for s in cues.SETTINGS for w in s.words)]
    assert all(word == key(word) and " " not in word for word in single)
    assert all(words == f" {key(words)} " and words.strip() for words in phrases)


def test_no_setting_claims_a_word_of_another() -> None:
    words = [word for setting in cues.SETTINGS for word in setting.words]
    assert len(words) == len(set(words))
