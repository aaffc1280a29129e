"""What the keys of a JSON object, or the names of a form's fields, say of the values under them."""

from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache

from detection.extract.json_documents import Json
from detection.secret_names import is_secret, is_secret_group, words

_MESSAGE_WORDS = frozenset({
    "answer", "bio", "body", "caption", "chat", "comment", "completion", "content", "description", "excerpt",
    "feedback", "headline", "input", "insert", "instructions", "markdown", "message", "msg", "note", "paragraph",
    "post", "prompt", "q", "query", "question", "quote", "reply", "response", "review", "search", "selftext",
    "snippet", "status", "story", "subject", "summary", "text", "title", "topic", "transcript", "tweet", "utterance",
})  # fmt: skip
"""The last word of a key under which people write; a single word counts as language there."""

_SEARCH_KEYS = frozenset({"q", "query", "search", "searchterm", "searchterms", "searchquery", "searchtext", "keyword",
                         "keywords", "terms"})  # fmt: skip
_PROMPT_KEYS = frozenset({"prompt", "userprompt", "usermessage", "userinput"})
_MECHANICAL = frozenset({
    "agent", "class", "classname", "colour", "color", "css", "d", "date", "etag", "font", "guid", "hash", "href",
    "html_url", "icon", "id", "ids", "lang", "language", "locale", "mime", "path", "referer", "referrer", "selector",
    "src", "stack", "stacktrace", "style", "svg", "timestamp", "timezone", "typename", "ua", "url", "urls",
    "useragent", "uuid", "version", "viewport",
})  # fmt: skip
"""The last word of a key that never holds language, whatever it looks like."""
_NAMES_A_FIELD = ("name", "key", "field", "id", "label", "path")


class Kind(Enum):
    """What a key says of the string under it."""

    SEARCH = auto()
    PROMPT = auto()
    MESSAGE = auto()
    MECHANICAL = auto()
    OTHER = auto()


@lru_cache(maxsize=8192)
def kind_of(key: str) -> Kind:
    parts = words(key)
    whole = "".join(parts)
    if whole in _SEARCH_KEYS:
        return Kind.SEARCH
    if whole in _PROMPT_KEYS:
        return Kind.PROMPT
    if not parts:
        return Kind.OTHER
    return Kind.MESSAGE if parts[-1] in _MESSAGE_WORDS else Kind.MECHANICAL if parts[-1] in _MECHANICAL else Kind.OTHER


def fields_of(value: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    """An object's fields without the secret ones, also of the ``{"name": "password", "value": …}`` kind."""
    named = next((name for key in _NAMES_A_FIELD if isinstance(name := value.get(key), str) and is_secret(name)), None)
    for key, inner in value.items():
        if isinstance(inner, str):
            if kind_of(key) is Kind.MECHANICAL or is_secret(key):
                continue
        elif not isinstance(inner, dict | list) or is_secret_group(key):
            continue
        if not (named and key in ("value", "values", "val", "v")):
            yield (_patched(value) or key) if key == "value" else key, inner


def _patched(value: dict[str, Json]) -> str:
    """The name of the field that an operation of a JSON Patch (RFC 6902) changes: the last of its path."""
    path = value.get("path")
    if "op" not in value or not isinstance(path, str):
        return ""
    return next((part for part in reversed(path.split("/")) if part and part != "-" and not part.isdigit()), "")
