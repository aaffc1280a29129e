"""Lists of words that phrases refer to by name: ``near = ["@weapon"]`` means the list [weapon] of the language."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from detection.library import LibraryError, Phrase, Words
from detection.toml_file import read

FILE = "words.toml"
"""``<language>/words.toml``: tables with one row, ``words = [...]``."""


def read_lists(files: Iterable[Path]) -> Words:
    lists: dict[str, tuple[str, ...]] = {}
    for file in files:
        _, tables = read(file, LibraryError)
        for name, table in tables.items():
            words = table.get("words") if isinstance(table, dict) else None
            lists[f"{file.parent.name}.{name}"] = _checked(words, f"{file}: [{name}]")
    return lists


def read_parts(table: object) -> Words:
    """From an answer of the appliance."""
    if not isinstance(table, dict):
        raise LibraryError("library: words: must be an object of lists")
    return {str(name): _checked(words, f"library, words {name}") for name, words in table.items()}


def unknown_lists(phrase: Phrase, words: Words) -> Iterator[str]:
    """The lists a phrase names that there are not."""
    for word in (*phrase.near, *phrase.also, *phrase.unless):
        if word.startswith("@") and list_name(phrase, word) not in words:
            yield word


def resolved(phrase: Phrase, named: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """The words themselves, the lists among them opened."""
    return tuple(
        each for word in named for each in (words[list_name(phrase, word)] if word.startswith("@") else (word,))
    )


def list_name(phrase: Phrase, word: str) -> str:
    return f"{phrase.language}.{word[1:]}"


def _checked(words: object, where: str) -> tuple[str, ...]:
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise LibraryError(f"{where}: words: must be a list of texts")
    return tuple(words)
