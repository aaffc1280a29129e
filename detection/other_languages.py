"""Whether a text is written in a language that the second opinion has not learned: told by its smallest words.

It learned English and German, and takes ordinary words of others for insults. The phrases know them better.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from detection.library import Category

FILE = Path(__file__).with_name("other_languages.toml")
INSULTS = frozenset({Category.BULLYING, Category.DISCRIMINATION, Category.MISOGYNY})
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def is_of_another(text: str) -> bool:
    """Only where its smallest words say so plainly: at least one, and more than twice those of a language learned."""
    learned, others = _lists()
    words = [word.replace("’", "'") for word in _WORDS.findall(text.casefold())]
    return sum(word in others for word in words) > 2 * sum(word in learned for word in words)


def mistaken(category: Category, text: str) -> bool:
    """Whether it is not believed that ``text`` reads like ``category``, unless a phrase says something as well."""
    return category in INSULTS and is_of_another(text)


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    """Of the languages that were learned, and of all others."""
    lists = tomllib.loads(FILE.read_text("utf-8"))
    learned, others = (
        frozenset(word for each in lists[group].values() for word in each["words"]) for group in ("learned", "other")
    )
    return learned, others - learned
