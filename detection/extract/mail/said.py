"""What a mail says as passages: the words, the files' names, and what is in the files."""

from collections.abc import Iterator
from dataclasses import replace

from detection.documents.kind import LOOK_AT, begins_like_a_document
from detection.extract.base import Passage
from detection.extract.html_page import visible_text
from detection.extract.language import is_short_message
from detection.extract.mail import Attachment, Mail, addresses_in
from detection.extract.mail.headers import readable
from detection.extract.media_types import HTML, PLAIN
from detection.extract.said import Said
from detection.helplines import is_helpline
from detection.observation import Channel, Direction


def said_in(mail: Mail, direction: Direction, app: str) -> Iterator[Said]:
    """What is quoted in an answer was read when it came; quoted in anything else, it is shown to the person here."""
    if _is_private(mail, direction):
        return
    author = mail.sender if direction is Direction.SHOWN else ""
    if is_short_message(words := _words(mail, direction)):
        yield _said(Channel.MAIL, words, mail, author, direction, app)
    if direction is not Direction.SHOWN and not mail.is_answer and is_short_message(mail.quoted):
        yield _said(Channel.MAIL, mail.quoted, mail, "", Direction.SHOWN, app)
    for file in mail.attachments:
        if is_short_message(file.name):
            yield _said(Channel.FILE_NAME, file.name, mail, author, direction, app)
        if begins_like_a_document(file.content[:LOOK_AT]):
            yield replace(_said(Channel.DOCUMENT, "", mail, author, direction, app), file=file.content)
        elif is_short_message(text := _text_in(file)) and "\0" not in text:
            yield _said(Channel.DOCUMENT, text.strip(), mail, author, direction, app)
    for inner in mail.enclosed:
        yield from said_in(inner, Direction.SHOWN, app)


def _text_in(file: Attachment) -> str:
    if file.media_type in PLAIN:
        return readable(file.content)
    return visible_text(readable(file.content)) if file.media_type in HTML else ""


def _words(mail: Mail, direction: Direction) -> str:
    """An answer has its subject from somebody else."""
    with_subject = direction is Direction.SHOWN or not mail.is_answer
    return "\n\n".join(filter(None, (mail.subject if with_subject else "", mail.own)))


def _is_private(mail: Mail, direction: Direction) -> bool:
    """To or from a helpline alone."""
    hosts = [address.rpartition("@")[2] for address in mail.addresses]
    senders = [address.rpartition("@")[2] for address in addresses_in(mail.sender)]
    to_one = bool(hosts) and all(map(is_helpline, hosts))
    return to_one if direction is not Direction.SHOWN else to_one or any(map(is_helpline, senders))


def _said(channel: Channel, text: str, mail: Mail, author: str, direction: Direction, app: str) -> Said:
    passage = Passage(channel=channel, text=text, conversation=mail.conversation, author=author, app=app)
    return Said(passage, direction)
