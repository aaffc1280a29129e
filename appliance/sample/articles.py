"""The articles of the homework site and the magazine, read from their file."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    name: str
    site: str
    """``homework`` or ``magazine``"""
    subject: str
    title: str
    picture: str
    summary: str
    keywords: frozenset[str]
    paragraphs: tuple[str, ...]


@cache
def articles() -> Mapping[str, Article]:
    table = tomllib.loads((files("appliance.sample") / "articles.toml").read_text("utf-8"))
    return {name: _article(name, entry) for name, entry in table.items()}


def about(query: str) -> list[Article]:
    """Articles sharing words with a search, the most fitting first."""
    words = set(re.findall(r"[a-z0-9-]+", query.lower()))
    found = [(len(words & article.keywords), article) for article in articles().values()]
    return [article for hits, article in sorted(found, key=lambda pair: -pair[0]) if hits]


def _article(name: str, entry: dict[str, str]) -> Article:
    return Article(
        name=name,
        site=entry["site"],
        subject=entry["subject"],
        title=entry["title"],
        picture=entry["picture"],
        summary=entry["summary"],
        keywords=frozenset(entry["keywords"].split()),
        paragraphs=tuple(entry["text"].strip().split("\n\n")),
    )
