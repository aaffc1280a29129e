"""Language in a JSON request or response: prompts, replies, chat messages, posts, search terms, texts of a page."""

from collections.abc import Iterable, Iterator

from detection.extract.base import Message, Passage
from detection.extract.charset import decode
from detection.extract.forum import is_reply, thread_in
from detection.extract.json_chat import conversation_in
from detection.extract.json_documents import Json, documents
from detection.extract.json_language import Carrier, passages_in, readable
from detection.extract.language import is_language
from detection.extract.loose_json import quoted
from detection.extract.media_types import FORM, GRAPHQL, HTML, PLAIN, PROGRAMS, is_json
from detection.extract.reply_stream import ReplyStream
from detection.observation import Channel, Direction

_GUARDS = (b")]}'", b"for(;;);", b"for (;;);", b"while(1);", b"{", b"[")


class JsonBody:
    """By its media type, or by its first bytes where the type is one servers give when they do not care."""

    def handles(self, message: Message) -> bool:
        if is_json(message.media_type):
            return True
        careless = message.media_type in PLAIN or message.media_type in HTML or message.media_type in PROGRAMS
        return (careless or message.media_type == FORM) and (
            message.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_GUARDS)
        )

    def passages(self, message: Message) -> Iterator[Passage]:
        text, carrier, empty = decode(message), carrier_of(message), True
        values: list[Json] = [text] if message.media_type == GRAPHQL else list(documents(text))
        if not values and is_json(message.media_type):
            values.extend(quoted(text))
        for passage in passages_of(values, carrier):
            empty = False
            yield passage
        if empty and not _is_program(message.media_type) and is_language(plain := readable(text)):
            yield Passage(channel=carrier.plain, text=plain, conversation=carrier.conversation)


def _is_program(media_type: str) -> bool:
    return is_json(media_type) or media_type in PROGRAMS


def carrier_of(message: Message) -> Carrier:
    written = message.direction is not Direction.SHOWN
    room = conversation_in(message.url)
    conversation = room or thread_in(message.url)
    if message.frame:
        return Carrier(written=written, plain=Channel.MESSAGE, conversation=conversation, chat=True)
    plain = Channel.POST if written else Channel.PAGE
    chat = written and bool(room) and not is_reply(message.url)
    return Carrier(written=written, plain=plain, conversation=conversation, chat=chat)


def passages_of(values: Iterable[Json], carrier: Carrier) -> Iterator[Passage]:
    """A page's many small texts become one passage, in order, each once; what people said stays apart."""
    shown: dict[str, None] = {}
    reply = ReplyStream()
    for value in values:
        if not carrier.written and reply.take(value):
            continue
        for passage in passages_in(value, carrier):
            if passage.channel is Channel.PAGE:
                shown[passage.text] = None
            else:
                yield passage
    if reply.text:
        yield Passage(channel=Channel.REPLY, text=reply.text, conversation=carrier.conversation)
    if shown:
        yield Passage(channel=Channel.PAGE, text="\n".join(shown))
