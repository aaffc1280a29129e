"""Posts and comments in the pieces of markup that Reddit's page fetches.

Source: kepano/defuddle, ``src/extractors/reddit.ts`` (``shreddit-post`` and ``shreddit-comment`` with ``author`` and
``permalink``; their words in the slots ``text-body`` and ``comment``); off-rkv/social-media-collector,
``REDDIT_BEST_SELECTORS.md``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detection.extract.html_page import visible_text
from detection.extract.html_tags import ATTRIBUTE, MARKUP, unescape
from detection.extract.limits import at_most

_THREAD = re.compile(r"/comments/([a-z0-9]{1,20})")
_MOST_MARKS = 10_000
_WORDS = frozenset({"comment", "text-body"})


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    author: str
    thread: str
    """The post's full name: ``t3_abc``."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A tag at which somebody's words begin or end."""

    tag: str
    attributes: dict[str, str]
    start: int
    end: int


def said_in(markup: str) -> Iterator[Said]:
    author = thread = ""
    advertises = False
    marks = list(at_most(_marks(markup), _MOST_MARKS))
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        if mark.tag in ("shreddit-post", "shreddit-ad-post", "shreddit-comment"):
            advertises = mark.tag == "shreddit-ad-post"
            author = mark.attributes.get("author", "")
            found = _THREAD.search(mark.attributes.get("permalink", ""))
            thread = f"t3_{found[1]}" if found else ""
            if not advertises and (title := mark.attributes.get("post-title")):
                yield Said(title, author, thread)
        if mark.attributes.get("slot") in _WORDS and not advertises:
            yield Said(visible_text(markup[mark.end : following.start if following else None]), author, thread)


def _marks(markup: str) -> Iterator[_Mark]:
    for found in MARKUP.finditer(markup):
        tag, attributes = (found["tag"] or "").lower(), found["attributes"] or ""
        if tag.startswith(("shreddit-", "/shreddit-")) or "slot" in attributes:
            named = {a["name"].lower(): _value(a["value"] or "") for a in ATTRIBUTE.finditer(attributes)}
            if "slot" in named or tag.lstrip("/").startswith("shreddit-"):
                yield _Mark(tag, named, found.start(), found.end())


def _value(quoted: str) -> str:
    return unescape(quoted.strip("\"'")).strip()
