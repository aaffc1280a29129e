"""Read a mail: who wrote what to whom, and what was attached. Any bytes are answered without an error, in linear time.

Python's own ``email`` reads hostile mails slowly or not at all, and keeps no quotation apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from detection.extract.limits import at_most, cut
from detection.extract.mail.body_text import text_of
from detection.extract.mail.parts import Part, part_of
from detection.extract.mail.quoted import parted
from detection.extract.media_types import HTML, MAIL

__all__ = ["ANSWER", "MOST_BYTES", "Attachment", "Mail", "read_mail"]

MOST_BYTES = 16 << 20
_MOST_TEXT = 500_000
"""Characters."""
_MOST_ENCLOSED = 10
_DEEPEST = 3
"""Mails within mails."""
_ADDRESS = re.compile(r"[\w.+%'/=-]{1,64}@[\w.-]{1,255}")
_ID = re.compile(r"<([^<>\s]{1,250})>")
ANSWER = re.compile(r"(?:\s*(?:re|fwd?|aw|wg|sv|vs|tr|rif|rv|odp|antw)\s{0,3}(?:\[\d{1,3}\])?\s*:)+", re.I)
"""How the subject of an answer or of a mail passed on begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    subject: str = ""
    sender: str = ""
    """As its header has it: a name and an address."""
    addresses: tuple[str, ...] = ()
    """To whom it goes, copies included."""
    message_id: str = ""
    root: str = ""
    """The id of the mail the conversation began with."""
    own: str = ""
    """What was written now, its signature included."""
    quoted: str = ""
    """Earlier mails below it or between."""
    attachments: tuple[Attachment, ...] = ()
    enclosed: tuple["Mail", ...] = ()
    """Whole mails that are attached."""

    @property
    def topic(self) -> str:
        """The subject without “Re:”."""
        return ANSWER.sub("", self.subject, count=1).strip()

    @property
    def is_answer(self) -> bool:
        return self.root != self.message_id or ANSWER.match(self.subject) is not None

    @property
    def conversation(self) -> str:
        return self.topic or self.root


def read_mail(raw: bytes, deeper: int = _DEEPEST) -> Mail:
    part = part_of(cut(raw, MOST_BYTES))
    leaves = tuple(_leaves(_resolved(part)))
    shown = [leaf for leaf in leaves if not leaf.is_attached and _is_text(leaf)]
    head, text = part.head, "\n".join(filter(None, map(text_of, shown)))
    own, quoted = parted(cut(text, _MOST_TEXT))
    message_id = _first(head.raw("message-id"))
    return Mail(
        subject=head.text("subject")[:1000],
        sender=head.text("from")[:200],
        addresses=addresses_in(*(head.text(name) for name in ("to", "cc", "bcc"))),
        message_id=message_id,
        root=_first(head.raw("references")) or _first(head.raw("in-reply-to")) or message_id,
        own=own,
        quoted=quoted,
        attachments=tuple(_attachment(leaf) for leaf in leaves if leaf not in shown and not _is_mail(leaf)),
        enclosed=tuple(
            read_mail(leaf.content, deeper - 1)
            for leaf in at_most(filter(_is_mail, leaves), _MOST_ENCLOSED if deeper else 0)
        ),
    )


def addresses_in(*texts: str) -> tuple[str, ...]:
    """Each once, in lower case."""
    return tuple(dict.fromkeys(found.lower() for text in texts for found in _ADDRESS.findall(text)))


def _resolved(part: Part) -> Part:
    """With one form only of what comes in several."""
    if not part.parts:
        return part
    parts = tuple(map(_resolved, part.parts))
    return _chosen(parts) if part.media_type == "multipart/alternative" else replace(part, parts=parts)


def _chosen(forms: tuple[Part, ...]) -> Part:
    """Plain text, unless it is much shorter: then it only says that there is another form."""
    lengths = [sum(len(text_of(leaf)) for leaf in _leaves(form) if _is_text(leaf)) for form in forms]
    plain = next((at for at, form in enumerate(forms) if form.media_type == "text/plain"), None)
    if plain is not None and lengths[plain] * 2 >= max(lengths):
        return forms[plain]
    return forms[max(range(len(forms)), key=lambda at: (lengths[at], at))]


def _leaves(part: Part) -> Iterator[Part]:
    if part.parts:
        for inner in part.parts:
            yield from _leaves(inner)
    elif not part.media_type.startswith("multipart/"):
        yield part


def _is_text(leaf: Part) -> bool:
    return leaf.media_type in HTML or leaf.media_type in ("text/plain", "text", "text/enriched")


def _is_mail(leaf: Part) -> bool:
    return leaf.media_type in MAIL


def _attachment(leaf: Part) -> Attachment:
    return Attachment(name=leaf.name, media_type=leaf.media_type, content=leaf.content)


def _first(ids: str) -> str:
    found = _ID.search(ids)
    return found[1] if found else ""
