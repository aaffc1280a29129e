"""The words of a mail's text part: markup taken off, flowed lines joined (RFC 3676), what is quoted behind ``>``."""

import re
from collections.abc import Iterator

from detection.extract.html_page import visible_text
from detection.extract.mail.headers import readable
from detection.extract.mail.parts import Part
from detection.extract.media_types import HTML

_META = re.compile(rb"<meta[^>]{0,400}?charset\s{0,8}=\s{0,8}[\"']?([\w.:-]{2,40})", re.I)
_META_WITHIN = 2048
_QUOTE = re.compile(
    r"<blockquote\b|<div\b[^>]{0,200}(?:gmail_quote|yahoo_quoted|protonmail_quote|divRplyFwdMsg|appendonsend)", re.I
)
"""Where the mail programs begin to quote what they answer."""
_QUOTE_ENDS = re.compile(r"</blockquote\s{0,8}>", re.I)
_MARK = re.compile(r"(?:> ?)*")


def text_of(part: Part) -> str:
    if part.media_type in HTML:
        found = _META.search(part.content[:_META_WITHIN])
        charset = part.head.parameter("content-type", "charset") or (found[1].decode("ascii") if found else "")
        return of_markup(readable(part.content, charset))
    text = readable(part.content, part.head.parameter("content-type", "charset"))
    if part.head.parameter("content-type", "format").lower() == "flowed":
        joined_without_space = part.head.parameter("content-type", "delsp").lower() == "yes"
        return "\n".join(_unflowed(text, joined_without_space))
    return text.replace("\r\n", "\n")


def of_markup(markup: str) -> str:
    """What stands in the programs' marks of a quotation gets a ``>`` before each line, as in plain text."""
    begins = _QUOTE.search(markup)
    if not begins:
        return visible_text(markup)
    ends = [found.end() for found in _QUOTE_ENDS.finditer(markup, begins.start())]
    after = ends[-1] if ends else len(markup)
    quoted = visible_text(markup[begins.start() : after])
    marked = "\n".join(f"> {line}" for line in quoted.split("\n"))
    return "\n".join(filter(None, (visible_text(markup[: begins.start()]), marked, visible_text(markup[after:]))))


def _unflowed(text: str, joined_without_space: bool) -> Iterator[str]:
    """A line that ends in a space goes on in the next one of the same depth of quotation."""
    pieces: list[str] = []
    depth = ""
    for line in text.splitlines():
        found = _MARK.match(line)
        mark = ">" * found[0].count(">") if found and line.startswith(">") else ""
        said = line[len(found[0]) :] if found and mark else line.removeprefix(" ")
        if pieces and (mark != depth or said == "-- "):
            yield f"{depth} {''.join(pieces)}".strip()
            pieces = []
        depth = mark
        flows = said.endswith(" ") and said != "-- "
        pieces.append(said[:-1] if flows and joined_without_space else said)
        if not flows:
            yield f"{depth} {''.join(pieces)}".strip()
            pieces = []
    if pieces:
        yield f"{depth} {''.join(pieces)}".strip()
