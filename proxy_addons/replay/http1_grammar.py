"""How the messages of HTTP/1 begin, as far as few bytes tell."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grammar:
    may_begin: re.Pattern[bytes]
    """What the first bytes of a message may look like, however few have come."""
    begins: re.Pattern[bytes]
    """What is certainly the beginning of one, wherever it is found."""


REQUESTS = Grammar(
    re.compile(rb"[A-Za-z][\w!#$%&'*+.^`|~-]*(\s|$)"),
    re.compile(rb"[A-Z][A-Z_-]{2,30} \S[^\r\n]* (?i:HTTP)/1\.[01]\r?\n"),
)
RESPONSES = Grammar(
    re.compile(rb"(?i:HTTP/|H$|HT$|HTT$|HTTP$)|ICY |I$|IC$|ICY$"), re.compile(rb"(?i:HTTP)/1\.[01] [1-5][0-9][0-9]\b")
)
