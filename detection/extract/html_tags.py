"""Cut markup into tags and the text between them, as the HTML standard's tokeniser does, in one linear pass.

A tree is not built: on purpose-made nesting tree builders need seconds (40,000 open ``<div>``, 200 KB: over 4 s in
lexbor), and the caller is in the path of a pupil's traffic.
"""

import html
import re

WS = " \t\n\f\r"

_NAME = rf"[^{WS}/>][^{WS}/>=]*+"
_VALUE = rf"\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^{WS}>\"'][^{WS}>]*+|(?=>|\Z)"
_ATTRIBUTE = rf"[{WS}/]*+{_NAME}(?:[{WS}]*+=[{WS}]*+(?:{_VALUE}))?+"

MARKUP = re.compile(
    r"<(?:"
    r"!--(?:-?>|(?s:.*?)(?:--!?>|\Z))"
    rf"|(?P<tag>/?[a-zA-Z][^{WS}/>]*+)(?P<attributes>(?:{_ATTRIBUTE})*+[{WS}/]*+)(?P<close>>|\Z)"
    r"|[!?/][^>]*+(?:>|\Z)"
    r")"
)
"""One comment, tag or declaration. ``tag`` keeps the slash of an end tag; ``close`` is empty where the text ran out."""

ATTRIBUTE = re.compile(rf"[{WS}/]*+(?P<name>{_NAME})(?:[{WS}]*+=[{WS}]*+(?P<value>{_VALUE}))?+")

RAW = frozenset(["script", "style", "xmp", "iframe", "noembed", "noframes"])
"""What stands in these is not markup."""
RAW_WITH_REFERENCES = frozenset({"title", "textarea"})

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip

_END = {name: re.compile(rf"</{name}(?=[{WS}/>])", re.I) for name in (*RAW, *RAW_WITH_REFERENCES, "noscript")}
_SCRIPT_START = re.compile(rf"<script(?=[{WS}/>])", re.I)
_ENDLESS_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,}")


def raw_end(name: str, text: str, at: int) -> int:
    """Where the content of a raw element ends: at its end tag, or with the text."""
    commented = False
    for found in _END[name].finditer(text, at):
        if name != "script":
            return found.start()
        closed = text.rfind("-->", at, found.start())
        opened = text.find("<!--", max(at, closed), found.start())
        since = opened if opened >= 0 else at if commented and closed < 0 else -1
        if since < 0 or not _SCRIPT_START.search(text, since, found.start()):
            return found.start()
        commented, at = True, found.end()  # a script inside a commented script: this end tag was its own
    return len(text)


def unescape(text: str) -> str:
    """Character references to characters; a number too long for Python's own reader is none."""
    return html.unescape(_ENDLESS_NUMBER.sub("\ufffd", text)) if "&" in text else text
