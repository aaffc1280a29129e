"""Words that show how a text is meant: denied, the writer's own, studied, reported, made up, or asking for help.

One file a language, ``cues/<language>.toml``; ``detection.cue_file`` reads and checks them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detection.cue_file import Words, read

FOLDER = Path(__file__).with_name("cues")
ELSE = "en"
"""Whose words are looked for round a phrase of a language that has none of its own, and round what only the second
opinion found: English is what stands there in a British school."""
_SETTINGS = {"study": "school work or study", "news": "news", "fiction": "fiction, song or play"}


@dataclass(frozen=True, slots=True)
class Setting:
    """Words of a text that is about something rather than meant."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    before: frozenset[str]
    """What denies the words that follow."""
    across: frozenset[str]
    """Small words it reaches across."""
    after: frozenset[str]
    """What denies the words it follows, as “nicht” does."""
    back_across: frozenset[str]
    seeming: tuple[str, ...]
    """What looks like a negation and is none: “why not”, “not only”."""
    seeming_after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterSpeech:
    """What shows that somebody else's words are repeated in order to reject them."""

    repeats: frozenset[str]
    """Verbs and the like that introduce what others say."""
    across: frozenset[str]
    """Small words between those and what is said."""
    rejects: tuple[str, ...]
    agrees: tuple[str, ...]
    """With these the writer takes the words over, whatever else is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """Runs of words have a space at either end; single words have none."""

    negation: Negation
    subjects: frozenset[str]
    """The writer, as the one who does it."""
    first_person: frozenset[str]
    aimed: frozenset[str]
    """Somebody else, near or far."""
    help: tuple[str, ...]
    settings: tuple[Setting, ...]
    distance: tuple[str, ...]
    """What distances a writer from the words that follow it in the sentence."""
    distance_after: tuple[str, ...]
    """The same, where it follows them."""
    counter_speech: CounterSpeech


@cache
def cues_of(language: str) -> Cues:
    """For a phrase's language, such as ``de`` or ``en-GB``. ValueError names file and place of what is not right."""
    known = {file.stem: file for file in FOLDER.glob("*.toml")}
    base = language.partition("-")[0]
    if base != language or base not in known:
        return cues_of(base if base in known else ELSE)
    return _cues(read(known[language]))


@cache
def help_in_any() -> frozenset[str]:
    """Words that ask for help, in all languages: a search need not be in that of the phrase found in it."""
    return frozenset(words for file in FOLDER.glob("*.toml") for words in cues_of(file.stem).help)


def ready(languages: Iterable[str]) -> None:
    """Read them now: what is wrong with a file shows when a program starts, not when something is found."""
    for language in {*languages, ELSE}:
        cues_of(language)


def _cues(words: Words) -> Cues:
    return Cues(
        negation=Negation(
            before=frozenset(words["negation.before"]),
            across=frozenset(words["negation.across"]),
            after=frozenset(words["negation.after"]),
            back_across=frozenset(words["negation.back-across"]),
            seeming=_padded(words["negation.seeming"]),
            seeming_after=_padded(words["negation.seeming-after"]),
        ),
        subjects=frozenset(words["person.subject"]),
        first_person=frozenset(words["person.own"]),
        aimed=frozenset(words["person.aimed"]),
        help=_padded(words["help.words"]),
        settings=tuple(Setting(said, _padded(words[f"settings.{name}"])) for name, said in _SETTINGS.items()),
        distance=_padded(words["distance.before"]),
        distance_after=_padded(words["distance.after"]),
        counter_speech=CounterSpeech(
            repeats=frozenset(words["counter-speech.repeats"]),
            across=frozenset(words["counter-speech.across"]),
            rejects=_padded(words["counter-speech.rejects"]),
            agrees=_padded(words["counter-speech.agrees"]),
        ),
    )


def _padded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f" {each} " for each in words)
