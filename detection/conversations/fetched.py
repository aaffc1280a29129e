"""One answer to IMAP's FETCH: its sections put together to a mail, or to what there is of it."""

import binascii
import re
from collections.abc import Iterator

from detection.extract.mail import MOST_BYTES
from detection.extract.mail.headers import unpacked_base64

_SECTION = re.compile(
    rb"(?:BODY|BINARY)\[(?P<name>[^\[\]]{0,2000})\](?:<(?P<origin>\d{1,10})>)?\s*(?:~?\{\d{1,10}\+?\}$|\"(?P<short>(?:[^\"\\]|\\.)*+)\")"
    rb"|(?P<old>RFC822(?:\.HEADER|\.TEXT)?)\s*(?:\{\d{1,10}\+?\}$|\"(?P<old_short>(?:[^\"\\]|\\.)*+)\")",
    re.I,
)
_ESCAPED = re.compile(rb"\\(.)")
_OLD = {"RFC822": "", "RFC822.HEADER": "HEADER", "RFC822.TEXT": "TEXT"}
_NUMBERED = re.compile(r"\d{1,4}(?:\.\d{1,4})*")
_PACKED = re.compile(rb"(?:[A-Za-z0-9+/]{4,76}\r?\n)*[A-Za-z0-9+/]{2,76}={0,2}\s*")
_QUOTED = re.compile(rb"=(?:[0-9A-F]{2}|\r?\n)")
_MOST_SECTIONS = 200


class Fetched:
    def __init__(self) -> None:
        self._sections: dict[str, bytes] = {}
        self._next: str | None = None
        """Of which section the literal is that follows."""
        self.goes_on = False

    @property
    def size(self) -> int:
        return sum(map(len, self._sections.values()))

    @property
    def room(self) -> int:
        return max(0, MOST_BYTES - self.size)

    @property
    def is_wanted(self) -> bool:
        return self._next is not None

    def text(self, line: bytes) -> None:
        """A line of the answer, or what stands between two literals."""
        self.goes_on, self._next = True, None
        for found in _SECTION.finditer(line):
            name = _name(found)
            if name is None or len(self._sections) >= _MOST_SECTIONS:
                continue
            short = found["short"] if found["short"] is not None else found["old_short"]
            if short is None:
                self._next = name
            else:
                self._sections[name] = _ESCAPED.sub(rb"\1", short)

    def literal(self, content: bytes) -> None:
        if self._next is not None:
            self._sections[self._next] = content

    def mails(self) -> Iterator[bytes]:
        """The answer is whole."""
        sections, self._sections, self.goes_on, self._next = self._sections, {}, False, None
        if "" in sections:
            yield sections[""]
        elif "TEXT" in sections:
            head = sections.get("HEADER", b"")
            yield head.rstrip(b"\r\n") + b"\r\n\r\n" + sections["TEXT"] if head else _guessed(sections["TEXT"])
        else:
            yield from _of_parts(sections)


def _name(found: re.Match[bytes]) -> str | None:
    """None for a section nobody reads, and for what is not the beginning of one."""
    if found["old"]:
        return _OLD[found["old"].decode("ascii").upper()]
    if int(found["origin"] or 0):
        return None
    name = found["name"].decode("ascii", "replace").upper().strip()
    return "HEADER" if name.startswith("HEADER.FIELDS") else name


def _of_parts(sections: dict[str, bytes]) -> Iterator[bytes]:
    """Each part for itself; what it is made of is either said beside it or guessed."""
    for name, content in sections.items():
        if _NUMBERED.fullmatch(name):
            described = sections.get(f"{name}.MIME", b"").strip(b"\r\n")
            yield described + b"\r\n\r\n" + content if described else _guessed(content)


def _guessed(content: bytes) -> bytes:
    """A mail whose one part is ``content``, of which nothing is said."""
    if len(content) > 20 and _PACKED.fullmatch(content):
        content = unpacked_base64(content)
    elif _QUOTED.search(content):
        content = binascii.a2b_qp(content)
    kind = b"text/html" if content.lstrip()[:1] == b"<" else b"text/plain"
    return b"" if b"\0" in content[:1024] else b"Content-Type: " + kind + b"\r\n\r\n" + content
