"""A mail that comes or goes as a file: uploaded, downloaded, or handed over by a mail program on the web."""

from collections.abc import Iterator

from detection.extract.base import Message, Passage
from detection.extract.mail import read_mail
from detection.extract.mail.said import said_in
from detection.extract.media_types import MAIL

_SAYS_NOTHING = frozenset({"", "application/octet-stream", "text/plain"})


class MailFile:
    def handles(self, message: Message) -> bool:
        if message.frame:
            return False
        path = message.url.partition("?")[0].lower()
        return message.media_type in MAIL or (message.media_type in _SAYS_NOTHING and path.endswith(".eml"))

    def passages(self, message: Message) -> Iterator[Passage]:
        """What the mail quotes belongs to others; of what was sent up it is left out. Documents that are attached are
        read with others that pass (``documents.carried``)."""
        said = said_in(read_mail(message.body), message.direction, "")
        return (each.passage for each in said if each.direction is message.direction and not each.file)
