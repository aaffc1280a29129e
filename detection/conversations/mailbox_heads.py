"""Whose the mails of a mailbox are: many programs ask for headers first, and later for the words alone."""

from detection.extract.mail.headers import head_of

_WHOSE = ("from", "to", "cc", "bcc", "subject", "message-id", "in-reply-to", "references")
_MADE_OF = ("content-type", "content-transfer-encoding")
_LONGEST = 2000
"""Characters of a field."""
_MOST = 512 << 10
"""Bytes of all together; the oldest are forgotten first."""


class MailboxHeads:
    """By the mails' numbers, which hold until another mailbox is opened or one of the mails is gone."""

    def __init__(self) -> None:
        self._heads: dict[str, bytes] = {}
        self.size = 0

    def note(self, number: str, raw: bytes) -> None:
        fields = head_of(raw + b"\r\n").fields
        kept = {name: fields[name][:_LONGEST] for name in (*_WHOSE, *_MADE_OF) if fields.get(name)}
        if "from" not in kept:
            return
        self._drop(number)
        head = "".join(f"{name}: {value}\r\n" for name, value in kept.items()).encode("utf-8", "replace")
        self._heads[number] = head
        self.size += len(head)
        while self.size > _MOST:
            self._drop(next(iter(self._heads)))

    def of(self, number: str) -> bytes:
        """Its fields, without an empty line after them; empty where nothing is known."""
        return self._heads.get(number, b"")

    def whose(self, number: str) -> bytes:
        """The same without what says how the whole mail is made."""
        lines = self.of(number).splitlines(keepends=True)
        return b"".join(line for line in lines if not line.startswith(b"content-"))

    def forget(self) -> None:
        self._heads.clear()
        self.size = 0

    def _drop(self, number: str) -> None:
        self.size -= len(self._heads.pop(number, b""))
