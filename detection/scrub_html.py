"""Take the secrets out of a page and leave every other byte, so that it is drawn as it was seen.

Scripts go altogether: captures are drawn with scripts off, and what a page keeps for them (``window.__STATE__``)
is where sessions live.
"""

import html
import re
from collections.abc import Iterator

from detection.extract.html_tags import ATTRIBUTE, MARKUP, RAW, RAW_WITH_REFERENCES, raw_end, unescape
from detection.scrub_json import scrub_json
from detection.scrub_text import MASK, mask_text, scrub_url
from detection.secret_names import is_secret

_DEEPEST = 3
_SECRET_FILLS = re.compile(r"\b(?:current-password|new-password|one-time-code|cc-(?:number|csc|exp\S*))\b")
_SAYS_WHAT_IT_IS = ("name", "id", "property", "http-equiv", "itemprop", "data-name", "data-key")
_HOLDS_IT = frozenset({"value", "content", "data-value", "data-content"})
_LABELS = frozenset({"button", "submit", "reset", "checkbox", "radio", "image"})
"""Inputs whose value is what the page wrote on them."""
_LOOKS_HARMLESS = re.compile(r"[\w \t\n.,#%/-]*")
"""Nothing to clean in a value without ``=``, ``:``, quotes or brackets."""
_CSS_ADDRESS = re.compile(r"(url\(\s*[\"']?)([^\"')]+)", re.I)


def scrub_html(text: str, *, xml: bool = False, depth: int = 0) -> str:
    return "".join(_pieces(text, xml, depth))


def scrub_css(text: str) -> str:
    return _CSS_ADDRESS.sub(lambda found: found[1] + scrub_url(found[2]), text) if "url(" in text.lower() else text


def _pieces(text: str, xml: bool, depth: int) -> Iterator[str]:
    at, within_secret = 0, False
    while found := MARKUP.search(text, at):
        yield _between(text[at : found.start()], within_secret)
        at, tag = found.end(), found["tag"]
        if tag is None:
            yield "<!---->" if found[0].startswith("<!--") else _between(found[0], within_secret)
            continue
        if not found["close"]:
            return  # a tag the text ends in is not drawn
        name = tag.lower()
        attributes = _clean_attributes(name, found["attributes"], depth)
        yield f"<{tag}{attributes}>"
        within_secret = _holds_secret(name, found["attributes"], xml)
        if name == "script" or (not xml and name in RAW | RAW_WITH_REFERENCES):
            end = raw_end(name, text, at)
            yield _raw(name, text[at:end], within_secret)
            at = end
    yield _between(text[at:], within_secret)


def _between(text: str, secret: bool) -> str:
    return MASK if secret and text.strip() else mask_text(text)


def _raw(name: str, content: str, secret: bool) -> str:
    if name == "script":
        return ""
    if name == "style":
        return scrub_css(content)
    return _between(content, secret)


def _holds_secret(name: str, attributes: str, xml: bool) -> bool:
    """Whether the text in an element is secret: an XML element of that name, a text box for it."""
    if name.startswith("/"):
        return False
    if xml:
        return is_secret(name.rpartition(":")[2])
    return name in ("textarea", "output") and any(
        is_secret(_value(found)) for found in ATTRIBUTE.finditer(attributes) if found["name"].lower() in ("name", "id")
    )


def _clean_attributes(tag: str, attributes: str, depth: int) -> str:
    if "=" not in attributes or tag.startswith("/"):
        return attributes
    found = list(ATTRIBUTE.finditer(attributes))
    own = {match["name"].lower(): _value(match) for match in reversed(found)}
    secret = _is_secret_element(tag, own)
    out, at = [], 0
    for match in found:
        if match["value"] is None:
            continue
        old = _value(match)
        new = _clean_value(match["name"].lower(), old, secret, depth)
        if new != old:
            out += [attributes[at : match.start("value")], f'"{html.escape(new)}"']
            at = match.end("value")
    return "".join((*out, attributes[at:]))


def _is_secret_element(tag: str, own: dict[str, str]) -> bool:
    if tag == "input" and own.get("type", "").lower() in _LABELS:
        return False
    if own.get("type", "").lower() == "password" or _SECRET_FILLS.search(own.get("autocomplete", "").lower()):
        return True
    return any(is_secret(own[name]) for name in _SAYS_WHAT_IT_IS if name in own and tag != "form")


def _clean_value(name: str, value: str, secret: bool, depth: int) -> str:
    if (secret and name in _HOLDS_IT) or (name not in ("name", "id", "class", "for") and is_secret(_bare(name))):
        return MASK if value else value
    if name.startswith("on"):
        return ""
    if _LOOKS_HARMLESS.fullmatch(value):
        return mask_text(value) if "." in value or "-" in value or "_" in value else value
    if name == "srcdoc":
        return scrub_html(value, depth=depth + 1) if depth < _DEEPEST else ""
    if name == "style":
        return scrub_css(value)
    if value.lstrip()[:11].lower() == "javascript:":
        return "javascript:"
    if value.lstrip()[:1] in ("{", "["):
        return scrub_json(value)
    return scrub_url(value) if "=" in value else mask_text(value)


def _bare(attribute: str) -> str:
    """``data-csrf-token`` and ``ng-reflect-token`` hold one; ``autocomplete`` and ``aria-…`` only speak of it."""
    return "" if attribute.startswith(("aria-", "auto")) or attribute in ("nonce", "type", "pattern") else attribute


def _value(match: re.Match[str]) -> str:
    raw = match["value"] or ""
    return unescape(raw[1:-1] if raw[:1] in ('"', "'") else raw)
