"""Microsoft Teams: chat and channel messages sent, listed and pushed.

Source: the Teams plugin for Pidgin (EionRobb/purple-teams): ``teams_messages.c`` (the chat service's messages and their
types) and ``teams_trouter.c`` (the socket: a number and colons, then a request whose ``body`` is JSON, or gzip in
base64); m0nkmaster/microsoft-teams-mcp, ``docs/API-REFERENCE.md`` (the addresses below ``/api/chatsvc``).
"""

import base64
import re
import zlib
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json, documents
from detection.extract.json_path import at, first
from detection.extract.limits import at_most, inflated
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage
from detection.observation import Channel

_QUOTE = re.compile(r"""<blockquote[^<>]{0,300}schema\.skype\.com/Reply["'][^<>]{0,300}>""", re.I)
"""What is answered is quoted in front of the answer: somebody said it before."""
_QUOTE_END = "</blockquote>"
_MOST_QUOTES = 10
_IN_LINK = re.compile(r"/conversations/([^/?]{1,200})")
_MOST_UNPACKED = 1 << 20
_MOST_REQUESTS = 5
"""In one message of the socket, which holds one."""
_CHAT = r"(?:/api/chatsvc/[\w-]+)?/v1/users/ME/conversations/(?P<conversation>[^/]+)/messages(?:/\d+)?"


def _messages(call: Call) -> Iterator[Passage]:
    for document in call.json:
        for one in (document, *at(document, "messages[]")):
            yield from _of_message(one, call)


def _pushed(call: Call) -> Iterator[Passage]:
    for request in at_most(call.json, _MOST_REQUESTS):
        for event in documents(_body(request)):
            for one in at(event, "resource"):
                yield from _of_message(one, call)


def _of_message(one: Json, call: Call) -> Iterator[Passage]:
    if not first(one, "messagetype").startswith(("Text", "RichText")):
        return  # somebody types, came, went, called
    linked = _IN_LINK.search(first(one, "conversationLink"))
    room = first(one, "conversationid|to") or (linked[1] if linked else call.conversation)
    author = "" if call.sent else first(one, "imdisplayname|fromDisplayNameInToken|from")
    said = passage(Channel.MESSAGE, _unquoted(first(one, "content")), author=author, conversation=room)
    if said:
        yield said


def _unquoted(content: str) -> str:
    for _ in range(_MOST_QUOTES):
        quote = _QUOTE.search(content)
        end = content.find(_QUOTE_END, quote.end()) if quote else -1
        if not quote or end < 0:
            break
        content = content[: quote.start()] + content[end + len(_QUOTE_END) :]
    return content


def _body(request: Json) -> str:
    body = first(request, "body")
    if first(request, "headers.X-Microsoft-Skype-Content-Encoding") != "gzip":
        return body
    try:
        packed = base64.b64decode(body)
        return inflated(zlib.decompressobj(wbits=31), packed, _MOST_UNPACKED).decode("utf-8", "replace")
    except (ValueError, zlib.error):
        return ""


def _is_notice(call: Call) -> bool:
    return all(first(one, "messagetype").startswith(("Control/", "Event/", "ThreadActivity/")) for one in call.json)


def _is_no_message(call: Call) -> bool:
    return call.sent or '\\"resourceType\\":\\"NewMessage\\"' not in call.text


TEAMS = Service(
    name="Microsoft Teams",
    hosts=("teams.microsoft.com", "teams.live.com", "teams.cloud.microsoft"),
    known=(
        known(_CHAT, _messages),
        silent(_CHAT, sent=True, when=_is_notice),
        silent(_CHAT, sent=False, when=lambda call: '"messages"' in call.text[:2000]),
        known(r"/.*", _pushed, sent=False, frame=True),
        silent(r"/.*", frame=True, when=_is_no_message),
        silent(r"/api/csa/[\w-]+/api/v\d+/teams/users/me(?:/.*)?"),
        silent(r"/api/chatsvc/[\w-]+/v1/users/ME/(?:conversations|properties)/?", sent=False),
    ),
)  # fmt: skip
