"""Mask what is a secret by its form: bearer tokens, signed tokens, service keys, and secrets in web addresses."""

import re
from collections.abc import Callable
from urllib.parse import quote, unquote_plus

from detection.secret_names import is_secret

MASK = "removed"
"""Stands in a URL, a JSON string, an HTML attribute and a header alike, and masks to itself."""

_TOKENS = re.compile(
    r"(?:(?<![A-Za-z0-9_-])|(?<=%[0-9A-F]{2}))eyJ[A-Za-z0-9_-]{5,}+\.[A-Za-z0-9_-]{5,}+(?:\.[A-Za-z0-9_-]*+)*+"
    r"|(?P<scheme>\b(?:bearer|basic)(?:\s{1,8}|%20|\+))(?=[^\s\"'<>]{0,200}[\d=])[A-Za-z0-9._~+/-]{16,}=*"
    r"|\b(?:gh[pousr]_[A-Za-z0-9]{30,}|xox[abeprs]-[A-Za-z0-9-]{10,}|AIza[A-Za-z0-9_-]{30,}|sk-[A-Za-z0-9_-]{20,}"
    r"|AKIA[A-Z0-9]{16}|glpat-[A-Za-z0-9_-]{20,})",
    re.I,
)
_USER = re.compile(r"((?:\b[a-z][a-z0-9+.-]{0,20}:)?//)[^\s/?#\"'<>]{1,300}@", re.I)
_SEGMENT = re.compile(r"[^\s?&#\"'<>]+")
"""What stands between the separators of an address: its path, a parameter, its fragment."""
_ADDRESS = re.compile(r"(?:\b[a-z][a-z0-9+.-]{1,20}:)?//[^\s\"'<>\\]+", re.I)
_SIGNED = frozenset({"key", "sig", "signature", "hmac", "ticket", "hash_token", "oobcode", "invite"})
"""Parameters that are secret in an address, though the words are ordinary elsewhere."""
_DEEPEST = 3
_MOST_PASSES = 5
"""What a mask stands beside may look like a secret only then."""


def mask_text(text: str) -> str:
    """Running text: what a child wrote stays, save tokens and the secret parts of addresses in it."""
    return _until_still(_mask_text, text)


def scrub_url(url: str, depth: int = 0) -> str:
    """The same address, character for character, with a mask for each secret, so that a page still finds its parts."""
    return _until_still(lambda once: _scrub_url(once, depth), url)


def _until_still(scrub: Callable[[str], str], text: str) -> str:
    for _ in range(_MOST_PASSES):
        before, text = text, scrub(text)
        if text == before:
            break
    return text


def _mask_text(text: str) -> str:
    if "//" in text:
        text = _ADDRESS.sub(lambda found: scrub_url(found[0]), text)
    return _mask_tokens(text)


def _scrub_url(url: str, depth: int) -> str:
    if "@" in url:
        url = _USER.sub(r"\1", url)
    if "=" in url:
        with_state = "state=" in url
        url = _SEGMENT.sub(lambda found: _segment(found[0], with_state, depth), url)
    return _mask_tokens(url)


def _segment(segment: str, with_state: bool, depth: int) -> str:
    name, equals, value = segment.partition("=")
    if not equals or not value:
        return segment
    plain = unquote_plus(name.rpartition("/")[2])
    if ";" not in name and (is_secret(plain) or plain in _SIGNED or (plain == "code" and with_state)):
        return f"{name}={MASK}"
    if ";" in segment:
        return ";".join(_segment(piece, with_state, depth) for piece in segment.split(";"))
    return f"{name}={_inner(value, depth)}"


def _inner(value: str, depth: int) -> str:
    """An address or token inside a parameter, quoted."""
    if "%" not in value and "+" not in value:
        return value
    plain = unquote_plus(value, errors="surrogateescape")
    if depth >= _DEEPEST:
        return MASK if "=" in plain else value
    clean = scrub_url(plain, depth + 1)
    return value if clean == plain else quote(clean, safe="", errors="surrogateescape")


def _mask_tokens(text: str) -> str:
    return _TOKENS.sub(lambda found: (found["scheme"] or "") + MASK, text)
