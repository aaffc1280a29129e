"""Outlook on the web: mails sent, and mails that are opened.

Source: Microsoft's Exchange Web Services reference, "CreateItem", "UpdateItem", "GetItem" and "GetConversationItems"
operations (``MessageDisposition``, ``Items``, ``NewBodyContent``, ``UniqueBody``); how the page writes them as JSON to
``/owa/service.svc?action=…`` is recorded in curlconverter/curlconverter (``post_data_binary_with_equals``). Outlook
REST API reference, "Send messages". A request of at most 2,048 characters, percent-encoded, travels in the header
``X-OWA-UrlPostData`` with no body, and every request names its action in the header ``Action`` too, some there alone:
lucasrhode95/lrh-outlook-connector (``docs/outlook-api-research.md``, "Transport contract").
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_find import objects_with
from detection.extract.json_path import at, first
from detection.extract.mail.webmail import mail_text
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage
from detection.observation import Channel

_OWA = r"/owa/(?:[^/]+/)*service\.svc"
_LISTS = frozenset({"FindConversation", "FindItem", "FindPeople", "FindFolder", "GetPersona"})
_STORES = frozenset({"CreateItem", "UpdateItem"})
_DISPOSITION = "Body.MessageDisposition|Body.MessageDispositionString"
_BODY = "NewBodyContent.Value|UniqueBody.Value|NormalizedBody.Value|Body.Value"


def sent(call: Call) -> Iterator[Passage]:
    for request in call.json:
        if call.action in _STORES and first(request, _DISPOSITION).startswith("Send"):
            for item in at(request, "Body.Items[]"):
                yield from _said(mail_text(first(item, "Subject"), first(item, _BODY), written=True))
            for change in at(request, "Body.ItemChanges[]"):
                yield from _changed(change)


def opened(call: Call) -> Iterator[Passage]:
    for answer in call.json:
        for item in objects_with(answer, "ItemId"):
            if first(item, _BODY) and call.action not in _LISTS:
                text = mail_text(first(item, "Subject"), first(item, _BODY), written=False)
                who = first(item, "From.Mailbox.Name|From.Mailbox.EmailAddress")
                yield from _said(text, first(item, "ConversationId.Id"), who)


def sent_by_rest(call: Call) -> Iterator[Passage]:
    for request in call.json:
        subject, body = first(request, "Message.Subject"), first(request, "Message.Body.Content|Comment")
        yield from _said(mail_text(subject, body, written=True))


def _changed(change: Json) -> Iterator[Passage]:
    """A draft that is sent: what is changed last of its subject and its words."""
    subject = first(change, "Updates[].Item.Subject")
    yield from _said(mail_text(subject, first(change, "Updates[].Item.Body.Value"), written=True))


def _said(text: str, conversation: str = "", author: str = "") -> Iterator[Passage]:
    if said := passage(Channel.MAIL, text, conversation=conversation, author=author):
        yield said


def _is_draft(call: Call) -> bool:
    kept = all(first(request, _DISPOSITION) == "SaveOnly" for request in call.json)
    return call.action in _STORES and bool(call.json) and kept


OUTLOOK = Service(
    name="Outlook",
    hosts=("outlook.office.com", "outlook.office365.com", "outlook.live.com", "outlook.com", "outlook.cloud.microsoft"),
    action_header="action",
    body_header="x-owa-urlpostdata",
    known=(
        known(_OWA, sent, sent=True),
        known(_OWA, opened, sent=False),
        silent(_OWA, sent=True, when=_is_draft),
        silent(_OWA, when=lambda call: call.action in _LISTS),
        known(r"/api/v[\d.]+/me/(?:sendmail|messages/[^/]+/(?:reply|replyall|forward))", sent_by_rest, sent=True),
    ),
)
