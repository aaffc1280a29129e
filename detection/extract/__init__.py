"""Find the human language in a message: by the service it belongs to, else by its format. A service is added in
``services``, a format here: docs/extending.md."""

from collections.abc import Iterator
from dataclasses import replace

from detection.extract.base import Extractor, Message, Passage
from detection.extract.batch import Batch
from detection.extract.chat_message import ChatMessage
from detection.extract.chatbots import with_a_chatbot
from detection.extract.event_stream import EventStream
from detection.extract.form_post import FormPost
from detection.extract.graphql_address import GraphqlAddress
from detection.extract.html_page import HtmlPage
from detection.extract.json_body import JsonBody
from detection.extract.jsonp import Jsonp
from detection.extract.limits import at_most, cut, leave_out
from detection.extract.mail.mail_file import MailFile
from detection.extract.media_types import reads
from detection.extract.moodle_calls import MoodleCalls
from detection.extract.numbered_lines import NumberedLines
from detection.extract.packed_body import PackedBody
from detection.extract.plain_text import PlainText
from detection.extract.polled_frames import PolledFrames
from detection.extract.protobuf_body import ProtobufBody
from detection.extract.search_query import SearchQuery
from detection.extract.services import Service, service_at
from detection.extract.unnamed_body import UnnamedBody
from detection.extract.xml_document import XmlDocument
from detection.storable import storable

__all__ = ["EXTRACTORS", "Extractor", "Message", "Passage", "by_format", "extract", "reads"]

MOST_BYTES = 4 << 20
MOST_PASSAGES = 500
MOST_TEXT = 2_000_000
"""Characters in all passages of one message."""


def extract(message: Message) -> Iterator[Passage]:
    """The passages of a message, bounded in number and size. Any bytes at all are answered without an error."""
    message, service = _bounded_body(message), service_at(message.url)
    if service and (named := service.read(message)) is not None:
        yield from _bounded(iter(named), service.name)
    else:
        yield from _by_format(message, service)


def by_format(message: Message) -> Iterator[Passage]:
    """The same without the services' own readers: what has changed its shape is read so."""
    return _by_format(_bounded_body(message), service_at(message.url))


def _by_format(message: Message, service: Service | None) -> Iterator[Passage]:
    extractor = next((each for each in EXTRACTORS if each.handles(message)), None)
    if extractor is None:
        return
    passages = extractor.passages(message)
    if service and service.chatbot:
        passages = (with_a_chatbot(passage, message.direction) for passage in passages)
    yield from _bounded(passages, service.name if service else "")


def _bounded_body(message: Message) -> Message:
    return replace(message, body=cut(message.body, MOST_BYTES)) if len(message.body) > MOST_BYTES else message


def _bounded(passages: Iterator[Passage], app: str) -> Iterator[Passage]:
    left = MOST_TEXT
    for passage in at_most(passages, MOST_PASSAGES):
        if left <= 0:
            leave_out()
            return
        text = storable(cut(passage.text, left))
        left -= len(text)
        same = text is passage.text and (passage.app or not app)
        yield passage if same else replace(passage, text=text, app=passage.app or app)


EXTRACTORS: tuple[Extractor, ...] = (
    Jsonp(),
    GraphqlAddress(),
    SearchQuery(),
    ChatMessage(),
    PolledFrames(),
    NumberedLines(),
    EventStream(),
    MailFile(),
    MoodleCalls(),
    JsonBody(),
    FormPost(),
    HtmlPage(),
    XmlDocument(),
    ProtobufBody(),
    PackedBody(),
    UnnamedBody(),
    Batch(extract),
    PlainText(),
)
"""What no named service reads. The first that handles a message reads it."""
