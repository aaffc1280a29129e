"""The header of a mail or of one of its parts: its fields, with encoded words and parameters read (RFC 2047, 2231)."""

import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from detection.extract.charset import codec_of
from detection.extract.limits import at_most, cut, leave_out

MOST_HEAD = 256 << 10
_MOST_FIELDS = 500
_LONGEST = 8000
"""Characters of one field."""
_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]")
_FIELD = re.compile(rb"([!-9;-~]{1,80})[ \t]{0,8}:")
_WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bq])\?([^?]*)\?=", re.I)
_PARAMETER = re.compile(r';\s*([\w!#$&+.^-]{1,40})(?:\*(\d{1,2}))?(\*)?\s*=\s*("(?:[^"\\]|\\.)*+"?|[^;\s]*)', re.A)
_MOST_PARAMETERS = 40
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Head:
    fields: Mapping[str, str] = field(default_factory=dict)
    """By lower-case name; one that comes twice stands once, its values after each other."""
    ends: int = 0
    """Where the body begins."""

    def raw(self, name: str) -> str:
        return self.fields.get(name, "")

    def text(self, name: str) -> str:
        """In one line, its encoded words read."""
        return " ".join(decoded(self.raw(name)).split())

    def value(self, name: str) -> str:
        """Without parameters, in lower case."""
        return self.raw(name).partition(";")[0].strip().lower()

    def parameter(self, name: str, of: str) -> str:
        return parameters(self.raw(name)).get(of, "")


def head_of(raw: bytes) -> Head:
    """Bytes that do not begin like a header have none: all of them are body."""
    if raw[:2].startswith((b"\n", b"\r\n")):
        return Head(ends=2 if raw[:1] == b"\r" else 1)
    if not _FIELD.match(raw):
        return Head()
    found = _END.search(raw, 0, MOST_HEAD)
    ends = found.end() if found else len(raw)
    if ends > MOST_HEAD:
        leave_out()
    fields: dict[str, str] = {}
    lines = _FOLD.sub(b" ", raw[: min(ends, MOST_HEAD)]).splitlines()
    for line in at_most(lines, _MOST_FIELDS):
        name, colon, value = line.partition(b":")
        if colon:
            key = name.decode("latin-1").strip().lower()
            said = readable(cut(value, _LONGEST).strip())
            fields[key] = f"{fields[key]}, {said}"[:_LONGEST] if key in fields else said
    return Head(fields, ends)


def readable(raw: bytes, charset: str = "") -> str:
    """Text in the charset it names, else UTF-8, else what old programs send."""
    if codec := codec_of(charset):
        return raw.decode(codec, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def decoded(value: str) -> str:
    """Words that stand beside each other are one: a character may be cut between them."""
    out: list[str] = []
    at, waiting, charset = 0, b"", ""
    for found in _WORD.finditer(value):
        between = value[at : found.start()]
        if between.strip() or found[1].lower() != charset:
            out.append(readable(waiting, charset))
            waiting = b""
            out.append(between if between.strip() or not charset else "")
        waiting, charset, at = waiting + _word(found[2], found[3]), found[1].lower(), found.end()
    return "".join((*out, readable(waiting, charset), value[at:]))


def _word(kind: str, content: str) -> bytes:
    raw = content.encode("utf-8", "replace")
    return unpacked_base64(raw) if kind in "bB" else binascii.a2b_qp(raw, header=True)


def unpacked_base64(content: bytes) -> bytes:
    """Whatever of it is base64; other characters are passed over."""
    kept = content.partition(b"=")[0].translate(None, _NOT_BASE64)
    kept = kept[: len(kept) - (len(kept) % 4 == 1)]
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))


def parameters(value: str) -> dict[str, str]:
    """Continued and percent-coded ones are put together again."""
    pieces: dict[str, list[tuple[int, str, bool]]] = {}
    for found in at_most(_PARAMETER.finditer(value), _MOST_PARAMETERS):
        said = _ESCAPED.sub(r"\1", found[4][1:].removesuffix('"')) if found[4].startswith('"') else found[4]
        pieces.setdefault(found[1].lower(), []).append((int(found[2] or 0), said, bool(found[3])))
    return {name: _joined(sorted(parts)) for name, parts in pieces.items()}


def _joined(parts: list[tuple[int, str, bool]]) -> str:
    if not any(coded for _, _, coded in parts):
        return decoded("".join(said for _, said, _ in parts))
    charset, raw = "", b""
    for _, said, coded in parts:
        if coded and not raw and said.count("'") >= 2:
            charset, _, said = said.split("'", 2)
        raw += unquote_to_bytes(said) if coded else said.encode("utf-8", "replace")
    return readable(raw, charset)
