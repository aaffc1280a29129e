"""How the messages of HTTP/1 begin, as far as few bytes tell."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grammar:
    may_begin: re.Pattern[bytes]
    """What the first bytes of a message may look like, however few have come."""
    is_head: re.Pattern[bytes]
    """How a head begins that is there to its end."""
    begins: re.Pattern[bytes]
    """What is certainly the beginning of one, wherever it is found."""


_ODD = rb"[^\n]{0,8192}\n(?:[A-Za-z][\w-]{0,100}[ \t]*:[^\n]*\n)+\s*\Z"
"""A line that says nothing, with headers behind it."""
_WORD = rb"[A-Za-z][\w!#$%&'*+.^`|~-]*"
REQUESTS = Grammar(
    re.compile(_WORD + rb"(\s|$)"),
    # Without its version only in a well-known method: behind a message, any sentence begins with a word and a space.
    re.compile(
        rb"(?:(?i:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|TRACE|CONNECT)\s|"
        + (_WORD + rb"\s[^\r\n]*(?i:HTTP)/[0-9]|" + _ODD + rb")")
    ),
    re.compile(rb"[A-Z][A-Z_-]{2,30} \S[^\r\n]* (?i:HTTP)/1\.[01]\r?\n"),
)
RESPONSES = Grammar(
    re.compile(rb"(?i:HTTP/|H$|HT$|HTT$|HTTP$)|ICY |I$|IC$|ICY$"),
    re.compile(rb"(?i:HTTP/)|ICY |" + _ODD),
    re.compile(rb"(?i:HTTP)/1\.[01] [1-5][0-9][0-9]\b"),
)
