"""Microsoft Graph, as other pages and apps use it: mails, chat messages, pages of OneNote, searches.

Source: Microsoft's Graph REST API reference v1.0 (microsoftgraph/microsoft-graph-docs-contrib,
``api-reference/v1.0/api``): "user: sendMail", "message: reply", "Get message", "Send message in a chat", "List messages
in a chat", "List replies", "Update chatMessage", "Create onenotePage", "Update page" and "searchEntity: query".
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.html_page import visible_text
from detection.extract.json_path import first
from detection.extract.mail.webmail import mail_text
from detection.extract.services.base import Service, known
from detection.extract.services.call import Call
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel

_ME = r"/(?:v1\.0|beta)/(?:me|users/[^/]+)"
_CHAT = r"/(?:v1\.0|beta)/(?:(?:me|users/[^/]+)/)?(?:chats|teams/[^/]+/channels)/(?P<conversation>[^/]+)/messages"
_ONE = _CHAT + r"/[^/]+(?:/replies/[^/]+)?"
_AUTHOR = "from.user.displayName"
_NOTES = r"/(?:v1\.0|beta)/(?:me|(?:users|groups|sites)/[^/]+)/onenote/"
_CHANGES = r"/(?:reply|replyAll|forward|createReply)"


def sent(call: Call) -> Iterator[Passage]:
    for request in call.json:
        text = mail_text(
            first(request, "message.subject"), first(request, "message.body.content|comment"), written=True
        )
        if said := passage(Channel.MAIL, text):
            yield said


def opened(call: Call) -> Iterator[Passage]:
    for mail in call.json:
        body = first(mail, "uniqueBody.content|body.content")
        text = mail_text(first(mail, "subject"), body, written=False)
        who, where = first(mail, "from.emailAddress.name|from.emailAddress.address"), first(mail, "conversationId")
        if body and (said := passage(Channel.MAIL, text, author=who, conversation=where)):
            yield said


def noted(call: Call) -> Iterator[Passage]:
    if said := passage(Channel.DOCUMENT, visible_text(call.text)):
        yield said


MICROSOFT_GRAPH = Service(
    name="Microsoft Graph",
    hosts=("graph.microsoft.com",),
    known=(
        known(_ME + r"/sendMail|" + _ME + r"/messages/[^/]+" + _CHANGES, sent, sent=True, method="POST"),
        known(_ME + r"/(?:mailFolders/[^/]+/)?messages/[^/]+", opened, sent=False),
        known(_CHAT + r"(?:/[^/]+/replies)?", objects(Channel.MESSAGE, text="body.content"), sent=True, method="POST"),
        known(_ONE, objects(Channel.MESSAGE, text="body.content"), sent=True, method="PATCH"),
        known(_CHAT + r"(?:/[^/]+/replies)?", objects(Channel.MESSAGE, each="value[]", text="body.content",
              author=_AUTHOR), sent=False),
        known(_ONE, objects(Channel.MESSAGE, text="body.content", author=_AUTHOR), sent=False),
        known(_NOTES + r"(?:sections/[^/]+/)?pages", noted, sent=True, method="POST"),
        known(_NOTES + r"pages/(?P<conversation>[^/]+)/content", objects(Channel.DOCUMENT, each="[]", text="content"),
              sent=True, method="PATCH"),
        known(r"/(?:v1\.0|beta)/search/query", objects(Channel.SEARCH, each="requests[]", text="query.queryString"),
              sent=True, method="POST"),
    ),
)  # fmt: skip
