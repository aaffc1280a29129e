"""Answers to IMAP's FETCH: the sections of each put together to a mail, or to what there is of it."""

import binascii
import re
from collections.abc import Iterator

from detection.conversations.envelope import header_in
from detection.conversations.mailbox_heads import MailboxHeads
from detection.extract.limits import leave_out
from detection.extract.mail import MOST_BYTES
from detection.extract.mail.headers import unpacked_base64

_SECTION = re.compile(
    rb"(?:BODY|BINARY)\[(?P<name>[^\[\]]{0,2000})\](?:<(?P<origin>\d{1,10})>)?\s*(?:~?\{\d{1,10}\+?\}$|\"(?P<short>(?:[^\"\\]|\\.)*+)\")"
    rb"|(?P<old>RFC822(?:\.HEADER|\.TEXT)?)\s*(?:\{\d{1,10}\+?\}$|\"(?P<old_short>(?:[^\"\\]|\\.)*+)\")",
    re.I,
)
_NUMBER = re.compile(rb"\* (\d{1,10}) FETCH ", re.I)
_DESCRIBED = re.compile(rb"^content-", re.I | re.M)
_PARTED = re.compile(rb"\s{0,8}--([^\r\n\"]{1,70}?)[ \t]{0,8}\r?\n")
_ESCAPED = re.compile(rb"\\(.)")
_OLD = {"RFC822": "", "RFC822.HEADER": "HEADER", "RFC822.TEXT": "TEXT"}
_NUMBERED = re.compile(r"\d{1,4}(?:\.\d{1,4})*")
_PACKED = re.compile(rb"(?:[A-Za-z0-9+/]{4,76}\r?\n)*[A-Za-z0-9+/]{2,76}={0,2}\s*")
_QUOTED = re.compile(rb"=(?:[0-9A-F]{2}|\r?\n)")
_MOST_SECTIONS = 200


class Fetched:
    def __init__(self) -> None:
        self._sections: dict[str, bytes] = {}
        self._heads = MailboxHeads()
        self._number = ""
        self._next: str | None = None
        """Of which section the literal is that follows."""
        self.goes_on = False

    @property
    def size(self) -> int:
        return self._held + self._heads.size

    @property
    def room(self) -> int:
        return max(0, MOST_BYTES - self._held)

    @property
    def _held(self) -> int:
        return sum(map(len, self._sections.values()))

    @property
    def is_wanted(self) -> bool:
        return self._next is not None

    def text(self, line: bytes) -> None:
        """A line of the answer, or what stands between two literals."""
        if not self.goes_on and (beginning := _NUMBER.match(line)):
            self._number = beginning[1].decode("ascii")
        if envelope := header_in(line):
            self._heads.note(self._number, envelope)
        self.goes_on, self._next = True, None
        for found in _SECTION.finditer(line):
            name = _name(found)
            if name is None:
                continue
            if len(self._sections) >= _MOST_SECTIONS:
                leave_out()
                continue
            short = found["short"] if found["short"] is not None else found["old_short"]
            if short is None:
                self._next = name
            else:
                self._sections[name] = _ESCAPED.sub(rb"\1", short)

    def literal(self, content: bytes) -> None:
        if self._next is not None:
            self._sections[self._next] = content

    def renumbered(self) -> None:
        """Numbers no longer mean the mails they meant."""
        self._heads.forget()

    def mails(self) -> Iterator[bytes]:
        """The answer is whole."""
        sections, self._sections, self.goes_on, self._next = self._sections, {}, False, None
        number, self._number = self._number, ""
        if "" in sections:
            yield sections[""]
            return
        if "HEADER" in sections:
            self._heads.note(number, sections["HEADER"])
        if "TEXT" in sections:
            head = sections.get("HEADER") or self._heads.of(number)
            yield _mail(head.strip(b"\r\n"), sections["TEXT"])
        else:
            yield from _of_parts(sections, self._heads.whose(number))


def _name(found: re.Match[bytes]) -> str | None:
    """None for a section nobody reads, and for what is not the beginning of one."""
    if found["old"]:
        return _OLD[found["old"].decode("ascii").upper()]
    if int(found["origin"] or 0):
        return None
    name = found["name"].decode("ascii", "replace").upper().strip()
    return "HEADER" if name.startswith("HEADER.FIELDS") else name


def _of_parts(sections: dict[str, bytes], whose: bytes) -> Iterator[bytes]:
    """Each part for itself; what it is made of is either said beside it or guessed."""
    for name, content in sections.items():
        if _NUMBERED.fullmatch(name):
            yield _mail((whose + sections.get(f"{name}.MIME", b"")).strip(b"\r\n"), content)


def _mail(head: bytes, content: bytes) -> bytes:
    """What ``head`` does not say of ``content`` is guessed."""
    if _DESCRIBED.search(head):
        return head + b"\r\n\r\n" + content
    if parted := _PARTED.match(content):
        made_of = b'multipart/mixed; boundary="' + parted[1] + b'"'
    else:
        content = _unpacked(content)
        if b"\0" in content[:1024]:
            return b""
        made_of = b"text/html" if content.lstrip()[:1] == b"<" else b"text/plain"
    return head + (b"\r\n" if head else b"") + b"Content-Type: " + made_of + b"\r\n\r\n" + content


def _unpacked(content: bytes) -> bytes:
    if len(content) > 20 and _PACKED.fullmatch(content):
        return unpacked_base64(content)
    return binascii.a2b_qp(content) if _QUOTED.search(content) else content
