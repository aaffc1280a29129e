"""What somebody typed into a search box of a site that has no reader of its own, read from the address of the results
page."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, urlsplit

from detection.extract.base import Message, Passage
from detection.extract.graphql import is_document
from detection.extract.language import is_short_message
from detection.extract.limits import cut, first_fields
from detection.observation import Channel, Direction

_LONGEST = 2000
"""Characters; search boxes take less."""
_MOST_FIELDS = 200

ANY_SITE = ("q", "query", "search", "search_query", "searchterm", "search_term", "searchtext", "searchquery", "keyword",
            "keywords", "term", "k", "s", "wd", "text", "p")  # fmt: skip
AMBIGUOUS = frozenset({"p", "s", "k", "text", "term"})
"""Also a page number, a size, a key: only believed on a path that says search, or with two words."""

_NOT_A_PAGE = re.compile(
    r"complet|suggest|typeahead|predict|/gen_204|/ac/?$|/async|/log|beacon|/collect|telemetry|analytics"
    r"|/pixel|/ads?/|pagead|/track|\.(?:js|css|png|jpe?g|gif|svg|webp|ico|woff2?|mp4|m3u8|ts|map)$",
    re.I,
)
_NOT_A_HOST = re.compile(
    r"(?:^|\.)(?:doubleclick|googlesyndication|google-analytics|googletagmanager|adservice|sentry|segment)\."
)
_SEARCHES = re.compile(r"search|find|results|query|browse", re.I)


class SearchQuery:
    """A request without a body says nothing but its address."""

    def handles(self, message: Message) -> bool:
        return message.direction is not Direction.SHOWN and not message.body and not message.frame

    def passages(self, message: Message) -> Iterator[Passage]:
        if message.method in ("GET", "HEAD", "") and (words := searched(message.url)):
            yield Passage(channel=Channel.SEARCH, text=words)


def searched(url: str) -> str:
    """The words searched for, or nothing where the address is not that of a results page."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        fields = parse_qsl(first_fields(parts.query, _MOST_FIELDS))
    except ValueError:
        return ""
    if not fields or _NOT_A_PAGE.search(parts.path) or _NOT_A_HOST.search(host):
        return ""
    name, words = _first(fields)
    return words if name not in AMBIGUOUS or " " in words or _is_search(parts, name) else ""


def _is_search(parts: SplitResult, name: str) -> bool:
    """WordPress, which runs much of the web, searches with ``/?s=``."""
    return _SEARCHES.search(parts.path) is not None or (name == "s" and parts.path in ("", "/"))


def _first(fields: list[tuple[str, str]]) -> tuple[str, str]:
    """Name and value of the first parameter for searches that holds words."""
    values = {name.casefold(): value for name, value in reversed(fields)}
    for parameter in ANY_SITE:
        value = values.get(parameter, "").strip()
        if value and not value.isdigit() and not is_document(value) and is_short_message(value):
            return parameter, cut(value, _LONGEST)
    return "", ""
