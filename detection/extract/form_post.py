"""The fields of a submitted web form. What is typed into a password field is never read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl

from detection.documents.kind import LOOK_AT, begins_like_a_document
from detection.extract.base import Message, Passage
from detection.extract.charset import codec_of, decode
from detection.extract.forum import is_button, is_recipient, recipient_of, thread_of
from detection.extract.html_page import visible_text
from detection.extract.json_body import carrier_of, passages_of
from detection.extract.json_chat import chat_message
from detection.extract.json_documents import documents
from detection.extract.json_keys import Kind, kind_of
from detection.extract.json_language import Carrier, readable
from detection.extract.language import is_language, is_short_message
from detection.extract.media_types import FORM, HTML, MULTIPART, PLAIN, is_json
from detection.extract.multipart import Part, content, parts
from detection.observation import Channel
from detection.secret_names import is_secret, words

CONTROLS = frozenset({
    "action", "archetype", "author", "button", "category", "channel", "charset", "chat", "class", "conversation",
    "country", "currency", "do", "email", "encoding", "event", "format", "gender", "go", "kind", "lang", "language",
    "locale", "login", "method", "mode", "module", "op", "option", "order", "page", "platform", "region", "room",
    "sort", "source", "submit", "tab", "theme", "thread", "type", "user", "username", "view",
})  # fmt: skip
"""The last word of a field that holds a name or what the page fills in; a single word there is nothing said."""

_OF_THE_CALL = "fb_api_"
"""Meta's pages name the operation and its caller so, as one long word each."""
_NUMBER = re.compile(r"[\d\s.,:;/+%()#-]{1,40}")
"""A count, a date, a place in a list: nothing said unless the field is one for writing."""
_SAYS_NUMBERS = frozenset({
    "answer", "body", "comment", "content", "input", "message", "note", "response", "text",
})  # fmt: skip
_TICKED = re.compile(r"true|false|on|off|null|undefined", re.I)
_SETTING = re.compile(r"(?=[^\d]{0,60}\d)[0-9a-f-]{4,64}|\S{0,60}_\S{0,60}")
"""A short key, a name that a program gave."""

_DRAFT = frozenset({"draft_key", "sequence", "data"})
"""Discourse keeps what is being written so; it is sent by another form."""


class FormPost:
    def handles(self, message: Message) -> bool:
        return not message.frame and message.media_type in (FORM, MULTIPART)

    def passages(self, message: Message) -> Iterator[Passage]:
        carrier = carrier_of(message)
        if message.media_type == FORM:
            body = message.body.decode("latin-1")
            fields = parse_qsl(body, encoding=codec_of(message.charset) or "utf-8", errors="replace")
        else:
            found = tuple(parts(message.body))
            fields = [(p.name, _content(message, p)) for p in found if _is_field(p)]
            yield from _files(message, found)
        yield from _of_fields([(n, v) for n, v in fields if not is_secret(n)], carrier)


def _of_fields(fields: list[tuple[str, str]], carrier: Carrier) -> Iterator[Passage]:
    form = dict(fields)
    if form.keys() >= _DRAFT:
        return
    chat = chat_message({**form}, carrier.conversation, alone=carrier.chat)
    carrier, channel, thread = _placed(form, carrier)
    if chat and is_short_message(text := readable(chat.text)):
        conversation = thread or chat.conversation
        yield Passage(channel=channel, text=text, conversation=conversation, author=chat.author)
        carrier = replace(carrier, plain=channel, conversation=conversation)
    said: set[str] = {chat.text} if chat else set()
    for name, value in fields:
        if value in said or (chat and name in chat.keys):
            continue
        if value.lstrip()[:1] in ("{", "["):
            yield from passages_of(documents(value), carrier)
        elif passage := _of_field(name, value, carrier):
            said.add(value)
            yield passage


def _placed(form: Mapping[str, str], carrier: Carrier) -> tuple[Carrier, Channel, str]:
    """Where the form is sent: to somebody alone, into a thread that others read, or neither."""
    if recipient := recipient_of(form):
        return replace(carrier, plain=Channel.MESSAGE, conversation=recipient), Channel.MESSAGE, recipient
    thread = thread_of(form)
    if thread and not carrier.chat:
        return replace(carrier, conversation=thread), Channel.POST, thread
    return carrier, Channel.MESSAGE, ""


def _of_field(name: str, value: str, carrier: Carrier) -> Passage | None:
    kind, text = kind_of(name), readable(value)
    if kind is Kind.MECHANICAL or not (is_language(text) or (is_short_message(text) and not _is_control(name))):
        return None
    if is_button(name, value) or is_recipient(name) or _is_setting(name, kind, text):
        return None
    channel = {Kind.SEARCH: Channel.SEARCH, Kind.PROMPT: Channel.PROMPT}.get(kind, carrier.plain)
    return Passage(channel=channel, text=text, conversation=carrier.conversation)


def _is_setting(name: str, kind: Kind, text: str) -> bool:
    if _TICKED.fullmatch(text) or name.startswith(_OF_THE_CALL):
        return True
    if _NUMBER.fullmatch(text):
        return kind not in (Kind.SEARCH, Kind.PROMPT) and _SAYS_NUMBERS.isdisjoint(words(name)[-1:])
    return kind is Kind.OTHER and _SETTING.fullmatch(text) is not None


def _is_control(name: str) -> bool:
    return bool(CONTROLS.intersection(words(name)[-1:]))


def _is_field(part: Part) -> bool:
    """JSON is one too, also where a script has put it in as a file without a name, which browsers call ``blob``."""
    if is_json(part.media_type):
        return part.file_name in (None, "blob")
    return part.file_name is None and part.media_type in PLAIN


def _files(message: Message, found: tuple[Part, ...]) -> Iterator[Passage]:
    """An uploaded file says something by its name, and by its content where that is plain text."""
    for part in found:
        if part.file_name is None or _is_field(part):
            continue
        if is_short_message(part.file_name):
            yield Passage(channel=Channel.FILE_NAME, text=part.file_name)
        if begins_like_a_document(message.body[part.start : part.start + LOOK_AT]):
            continue  # read as what it is, elsewhere
        if part.media_type in PLAIN or part.media_type in HTML:
            text = _content(message, part)
            if part.media_type in HTML:
                text = visible_text(text)
            if is_short_message(text) and "\0" not in text:
                yield Passage(channel=Channel.DOCUMENT, text=text.strip())


def _content(message: Message, part: Part) -> str:
    return decode(Message(url="", charset=message.charset, body=content(message.body, part),
                          direction=message.direction))  # fmt: skip
