from pathlib import Path

import pytest

from detection import cues
from detection.cues import FOLDER, cues_of, ready
from detection.library import SHIPPED
from detection.normalise import key

LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.toml"))


def test_every_language_of_the_library_has_its_cues() -> None:
    assert {folder.name for folder in SHIPPED.iterdir() if folder.is_dir()} <= set(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "read_as"),
    [("de", "de"), ("en-GB", "en"), ("pt-BR", "pt"), ("so", "en"), ("model", "en"), ("../de", "en"), ("", "en")],
)
def test_a_language_without_cues_of_its_own_is_read_as_english(language: str, read_as: str) -> None:
    assert cues_of(language) is cues_of(read_as)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_setting_claims_a_word_of_another(language: str) -> None:
    words = [word for setting in cues_of(language).settings for word in setting.words]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_run_of_words_is_folded_as_texts_are(language: str) -> None:
    cues = cues_of(language)
    runs = (*cues.help, *cues.distance, *cues.distance_after, *cues.negation.seeming, *cues.negation.seeming_after)
    assert runs
    assert all(words == f" {key(words)} " for words in runs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_seems_a_negation_holds_one_where_a_negation_follows(language: str) -> None:
    negation = cues_of(language).negation
    assert all(not negation.after.isdisjoint(words.split()) for words in negation.seeming_after)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_negation_is_a_small_word_as_well(language: str) -> None:
    negation = cues_of(language).negation
    assert negation.after.isdisjoint(negation.back_across)


def test_all_languages_are_read_at_once_when_a_program_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cues_of.cache_clear()
    ready(LANGUAGES)
    assert cues_of.cache_info().currsize == len(LANGUAGES)
    broken = tmp_path / "en.toml"
    broken.write_text("[negation", "utf-8")
    monkeypatch.setattr(cues, "FOLDER", tmp_path)
    cues_of.cache_clear()
    with pytest.raises(ValueError, match=r"en\.toml: is not TOML"):
        ready(["en"])
    cues_of.cache_clear()
