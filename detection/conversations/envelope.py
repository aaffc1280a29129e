"""The ENVELOPE in an answer to IMAP's FETCH (RFC 3501, 7.4.2), as the header it was made of."""

import re
from collections.abc import Iterator

_STRING = rb'(?:NIL|"(?:[^"\\]|\\.)*+")'
_ADDRESS = rb"\(" + rb" ".join([rb"(" + _STRING + rb")"] * 4) + rb"\) ?"
_LIST = rb"(?:NIL|\((?:\(" + rb" ".join([_STRING] * 4) + rb"\) ?)*+\))"
_ENVELOPE = re.compile(
    rb"\bENVELOPE \(" + _STRING + rb" (?P<subject>" + _STRING + rb") (?P<sender>" + _LIST + rb") "
    rb"" + _LIST + rb" " + _LIST + rb" (?P<to>" + _LIST + rb") (?P<cc>" + _LIST + rb") (?P<bcc>" + _LIST + rb") "
    rb"(?P<answers>" + _STRING + rb") (?P<id>" + _STRING + rb")\)",
    re.I,
)  # fmt: skip
_ONE = re.compile(_ADDRESS, re.I)
_ESCAPED = re.compile(rb"\\(.)")
_FIELDS = ((b"Subject", "subject"), (b"In-Reply-To", "answers"), (b"Message-ID", "id"))
_LISTS = ((b"From", "sender"), (b"To", "to"), (b"Cc", "cc"), (b"Bcc", "bcc"))


def header_in(line: bytes) -> bytes:
    """Empty where there is none, or where one of its strings was counted off and so stands elsewhere."""
    found = _ENVELOPE.search(line)
    if not found:
        return b""
    fields = [(name, _text(found[group])) for name, group in _FIELDS]
    fields += [(name, b", ".join(_addresses(found[group]))) for name, group in _LISTS]
    return b"".join(name + b": " + value + b"\r\n" for name, value in fields if value)


def _addresses(listed: bytes) -> Iterator[bytes]:
    """A name and an address; the second string, a route, is not used by anybody."""
    for name, _, box, host in _ONE.findall(listed):
        address = b"<" + _text(box) + b"@" + _text(host) + b">"
        yield _text(name) + b" " + address if _text(name) else address


def _text(string: bytes) -> bytes:
    return _ESCAPED.sub(rb"\1", string[1:-1]) if string.startswith(b'"') else b""
