"""Gmail: mails sent, and the mails of a conversation that is opened.

Source: InboxSDK (InboxSDK/InboxSDK), ``sync-compose-processor`` and ``gmail-sync-response-processor`` with their
recorded examples (``test/data/2022-09-09-cvOn…``), and gmail.js (KartikTalwar/gmail.js), its parser's test data.
``/sync/…/i/s`` stores and sends: a mail is 1: its id, 2: who, 3 to 5: to whom, 8: subject, 9: body (2, 2), 11: labels,
of which ``^pfg`` sends and ``^r_bt`` is a draft's.
``/sync/…/i/fd`` fetches: a thread is 1: its id, 2: what is known of its mails, 3: the mails (2: 5 subject, 6 body,
which may come in several parts).
Both come as objects with numbers for names, or as lists that begin with the first. The older page sent a form with
``act=sm``.
"""

import re
from collections.abc import Iterator
from itertools import count

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.limits import leave_out
from detection.extract.mail.webmail import mail_text
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage
from detection.helplines import is_helpline
from detection.observation import Channel

_MAIL = re.compile(r"msg-[af]:(?!bump-)[\w-]+")
_THREAD = re.compile(r"thread-[af]:[\w-]+")
_SENDS, _IS_DRAFT = "^pfg", "^r_bt"
_RECIPIENTS = (3, 4, 5)
_MOST_LOOKS = 500_000


def sent(call: Call) -> Iterator[Passage]:
    for thread, mail in _mails(call.json):
        labels = _field(mail, 11)
        if isinstance(labels, list) and _SENDS in labels and _IS_DRAFT not in labels and not _is_private(mail):
            body = _parts(mail, 9, 2, at=(2,))
            yield from _said(mail_text(_text(mail, 8), body, written=True), thread)


def opened(call: Call) -> Iterator[Passage]:
    senders: dict[str, str] = {}
    for thread, mail in _mails(call.json):
        name = _text(mail, 1)
        if who := _text(mail, 2, 3) or _text(mail, 2, 2):
            senders[name] = who
        if body := _parts(mail, 2, 6, 2, at=(3, 2)):
            text = mail_text(_text(mail, 2, 5), body, written=False)
            yield from _said(text, thread, senders.get(name, ""))


def sent_by_form(call: Call) -> Iterator[Passage]:
    if call.query.get("act") == "sm":
        text = mail_text(call.form.get("subject", ""), call.form.get("body", ""), written=True)
        yield from _said(text)


def _is_private(mail: Json) -> bool:
    """To a helpline and nobody else."""
    lists = (_field(mail, number) for number in _RECIPIENTS)
    hosts = [_text(who, 2).rpartition("@")[2] for each in lists if isinstance(each, list) for who in each]
    return bool(hosts) and all(map(is_helpline, hosts))


def _said(text: str, thread: str = "", author: str = "") -> Iterator[Passage]:
    if said := passage(Channel.MAIL, text, conversation=thread, author=author):
        yield said


def _mails(documents: list[Json]) -> Iterator[tuple[str, Json]]:
    """Whatever is named like a mail, in order, with the thread it lies in."""
    stack: list[tuple[Json, str]] = [(document, "") for document in reversed(documents)]
    for looked in count():
        if not stack:
            return
        if looked >= _MOST_LOOKS:
            leave_out()
            return
        value, thread = stack.pop()
        name = _text(value, 1)
        if _MAIL.fullmatch(name):
            yield thread, value
        if _THREAD.match(name):
            thread = name.partition("|")[0]
        if isinstance(value, list | dict):
            inner = value if isinstance(value, list) else list(value.values())
            stack += [(each, thread) for each in reversed(inner) if isinstance(each, list | dict)]


def _field(value: Json, *numbers: int) -> Json:
    for number in numbers:
        if isinstance(value, dict):
            value = value.get(str(number))
        elif isinstance(value, list) and number <= len(value):
            value = value[number - 1]
        else:
            return None
    return value


def _text(value: Json, *numbers: int) -> str:
    found = _field(value, *numbers)
    return found if isinstance(found, str) else ""


def _parts(value: Json, *numbers: int, at: tuple[int, ...]) -> str:
    parts = _field(value, *numbers)
    return "".join(_text(part, *at) for part in parts) if isinstance(parts, list) else ""


GMAIL = Service(
    name="Gmail",
    hosts=("mail.google.com",),
    known=(
        known(r"/sync/(?:u/\d+/)?i/s", sent, sent=True),
        silent(r"/sync/(?:u/\d+/)?i/s"),
        known(r"/sync/(?:u/\d+/)?i/fd", opened, sent=False),
        silent(r"/sync/(?:u/\d+/)?i/bv"),
        known(r"/mail/u/\d+/?", sent_by_form, sent=True, method="POST"),
    ),
)
