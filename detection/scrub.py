"""Remove passwords, cookies, tokens and keys from what is to be stored; everything else stays as it was sent."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote_plus, unquote_plus

from detection.byte_order import WIDE
from detection.extract.media_types import EVENT_STREAM, FORM, HTML, is_json, is_xml
from detection.extract.multipart import Part, boundary_of, parts
from detection.media_type import bare_type
from detection.scrub_html import scrub_css, scrub_html
from detection.scrub_json import scrub_json
from detection.scrub_text import MASK, mask_text, scrub_url
from detection.secret_names import is_secret

__all__ = ["MASK", "scrub_body", "scrub_headers", "scrub_url"]

_SCRIPTS = ("javascript", "ecmascript")
_DRAWN = ("image/", "font/", "application/font", "application/x-font", "application/vnd.ms-fontobject")
_DRAWN_BYTES = (
    b"wOFF", b"wOF2", b"OTTO", b"\0\1\0\0", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"\0\0\1\0",
)  # fmt: skip
"""Fonts and pictures, often sent under the wrong type."""
_SECRET_HEADERS = ("x-csrf", "x-xsrf", "x-auth", "cookie", "set-cookie", "authorization", "proxy-auth", "www-auth",
                   "authentication", "x-amz-security", "x-client-data", "x-goog-authuser", "sec-websocket-key",
                   "sec-websocket-accept")  # fmt: skip
_HELD_IN_JSON = ("{", "[")
_SOME_JSON = re.compile(r"[\[{]\s*[\"\[{]")
"""Anywhere: chat frames open with numbers and names before it."""


def scrub_headers(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Without the headers that are secrets; secrets inside others (an address in ``Referer``) are masked."""
    return tuple((name, _header(value)) for name, value in pairs if not _is_secret_header(name))


def scrub_body(media_type: str, body: bytes) -> bytes:
    """A body without secrets that is drawn as before. What cannot be read cannot be cleaned, and becomes empty."""
    bare = bare_type(media_type)
    if any(word in bare for word in _SCRIPTS):
        return b""
    if bare.startswith("multipart/"):
        return _multipart(body)
    scrubber = _scrubber_for(bare)
    if scrubber:
        return _as_text(body, scrubber)
    if bare.startswith(_DRAWN) or body.startswith(_DRAWN_BYTES):
        return body
    return _as_text(body, _text_of_any_kind) if _is_text(body) else b""


def _scrubber_for(bare: str) -> Callable[[str], str] | None:
    if bare in HTML:
        return _html_or_json
    if is_json(bare) or bare == EVENT_STREAM:
        return scrub_json
    if is_xml(bare):
        return _xml
    if bare == FORM:
        return _form
    if bare == "text/css":
        return scrub_css
    return _text_of_any_kind if bare.startswith("text/") else None


def _text_of_any_kind(text: str) -> str:
    if _SOME_JSON.search(text):
        return scrub_json(text)
    return scrub_html(text) if text.lstrip("\ufeff \t\r\n")[:1] == "<" else mask_text(text)


def _html_or_json(text: str) -> str:
    return scrub_json(text) if text.lstrip("\ufeff \t\r\n")[:1] in _HELD_IN_JSON else scrub_html(text)


def _xml(text: str) -> str:
    return scrub_html(text, xml=True)


def _as_text(body: bytes, scrubber: Callable[[str], str]) -> bytes:
    """Bytes that are not UTF-8 pass through unchanged, so other encodings are drawn as before."""
    for mark, encoding in WIDE:
        if body.startswith(mark):
            return mark + scrubber(body[len(mark) :].decode(encoding, "replace")).encode(encoding, "replace")
    return scrubber(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _form(text: str) -> str:
    if text.lstrip()[:1] in _HELD_IN_JSON:
        return scrub_json(text)
    return "&".join(_form_field(field) for field in text.split("&"))


def _form_field(field: str) -> str:
    name, equals, value = field.partition("=")
    if not equals:
        return mask_text(field)
    if is_secret(unquote_plus(name)):
        return f"{name}={MASK}" if value else field
    plain = unquote_plus(value, errors="surrogateescape")
    clean = scrub_json(plain) if plain.lstrip()[:1] in _HELD_IN_JSON else mask_text(plain)
    return field if clean == plain else f"{name}={quote_plus(clean, errors='surrogateescape')}"


def _multipart(body: bytes) -> bytes:
    """Put together anew: what stands outside the parts is nobody's."""
    boundary = boundary_of(body)
    out = []
    for part in parts(body):
        out += [boundary, b"\r\n", body[part.head : part.start], _part(part, body[part.start : part.end]), b"\r\n"]
    return b"".join((*out, boundary, b"--\r\n")) if out else b""


def _part(part: Part, content: bytes) -> bytes:
    if is_secret(part.name):
        return MASK.encode()
    return b"" if part.media_type.startswith("multipart/") else scrub_body(part.media_type, content)


def _is_text(body: bytes) -> bool:
    head = body[:4096]
    return b"\0" not in head and sum(byte < 32 and byte not in b"\t\n\r\f\x1b\x1e" for byte in head) == 0


def _is_secret_header(name: str) -> bool:
    return name.lower().startswith(_SECRET_HEADERS) or is_secret(name)


def _header(value: str) -> str:
    return scrub_url(mask_text(value))
