"""The visible text of a page, as close as one gets without style sheets: in reading order, a line per block."""

import re
from collections.abc import Iterator

from detection.extract.base import Message, Passage
from detection.extract.charset import decode
from detection.extract.html_tags import ATTRIBUTE, MARKUP, RAW, RAW_WITH_REFERENCES, VOID, raw_end, unescape
from detection.extract.media_types import HTML
from detection.observation import Channel, Direction

UNSEEN = frozenset({"template", "object", "datalist"})
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "head", "header", "hgroup", "hr", "html", "label", "legend", "li", "main", "menu", "nav", "ol",
    "optgroup", "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td", "textarea",
    "tfoot", "th", "thead", "title", "tr", "ul",
})  # fmt: skip
"""Only these break a line, so that ``wo<b>rd</b>`` stays one word."""

CLOSED_BY_THEIR_LIKE = frozenset({
    "dd", "dt", "li", "optgroup", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr",
})  # fmt: skip
"""A second one ends the first."""

_BREAKING = BLOCKS | {f"/{name}" for name in BLOCKS}
_SKIPPED = RAW | {"noscript"}
_SPECIAL = _SKIPPED | RAW_WITH_REFERENCES | UNSEEN
_ODD_SPACES = "\t\r\f\v\x1c\x1d\x1e\x1f"
_SPACES = re.compile(r"[^\S\n ]+")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_DEEPEST = 500
_LOOKS_LIKE_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body|title|meta|div|p)\b", re.I | re.S
)


class HtmlPage:
    def handles(self, message: Message) -> bool:
        return message.media_type in HTML or (
            message.media_type == "" and _LOOKS_LIKE_HTML.match(message.body[:1024]) is not None
        )

    def passages(self, message: Message) -> Iterator[Passage]:
        if text := visible_text(decode(message)):
            yield Passage(channel=Channel.PAGE if message.direction is Direction.SHOWN else Channel.POST, text=text)


def visible_text(markup: str) -> str:
    text = unescape("".join(_pieces(markup)))
    if not text.isascii() or any(space in text for space in _ODD_SPACES):
        text = _SPACES.sub(" ", text)
    text = "\n".join(filter(None, [line.strip(" ") for line in text.split("\n")]))
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _pieces(markup: str) -> list[str]:
    """Most of the time of reading a page goes by here."""
    pieces: list[str] = []
    at = 0
    while (after := _ordinary(markup, at, pieces)) is not None:
        at = after
    return pieces


def _ordinary(markup: str, at: int, pieces: list[str]) -> int | None:
    """Add what is seen up to and with the next element whose content is no ordinary markup, and say where that ends."""
    add = pieces.append
    for found in MARKUP.finditer(markup, at):
        start, end = found.span()
        if start > at:
            add(markup[at:start])
        at, tag, attributes = end, found[1], found[2]
        if tag is None:
            continue
        tag = tag.lower()
        if tag in _BREAKING:
            add("\n")
        if tag in _SPECIAL:
            piece, at = _special(tag, markup, at)
            add(piece)
            return at
        if attributes and tag not in VOID and _hides(attributes):
            return _past(tag, markup, at)
    add(markup[at:])
    return None


def _hides(attributes: str) -> bool:
    folded = attributes.lower()
    if "hidden" not in folded and "none" not in folded:
        return False
    return any(
        found["name"] == "hidden" or (found["name"] == "style" and _HIDING.search(found["value"] or "") is not None)
        for found in ATTRIBUTE.finditer(folded)
    )


def _special(tag: str, markup: str, at: int) -> tuple[str, int]:
    """What is seen of an element whose content is not ordinary markup, and where it ends."""
    if tag in UNSEEN:
        return "", _past(tag, markup, at)
    end = raw_end(tag, markup, at)
    return ("" if tag in _SKIPPED else markup[at:end]), end


def _past(tag: str, markup: str, at: int) -> int:
    """The end of an unseen element, or where one around it ends if its own end tag is missing."""
    still_open = [tag]
    while found := MARKUP.search(markup, at):
        at, name = found.end(), (found["tag"] or "").lower()
        if name.startswith("/"):
            if name[1:] in still_open:
                while still_open.pop() != name[1:]:
                    pass
            elif name[1:] in BLOCKS:
                return found.start()
        elif name in _SKIPPED or name in RAW_WITH_REFERENCES:
            at = raw_end(name, markup, at)
        elif name == still_open[-1] and name in CLOSED_BY_THEIR_LIKE:
            if len(still_open) == 1:
                return found.start()
        elif name and name not in VOID and len(still_open) < _DEEPEST:
            still_open.append(name)
        if not still_open:
            return at
    return len(markup)
