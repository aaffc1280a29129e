"""The words between the tags of an XML document: feeds, SOAP calls, chat stanzas."""

import re
from collections.abc import Iterator

from detection.extract.base import Message, Passage
from detection.extract.charset import decode
from detection.extract.html_page import visible_text
from detection.extract.html_tags import ATTRIBUTE, MARKUP, unescape
from detection.extract.json_body import carrier_of, passages_of
from detection.extract.json_documents import documents
from detection.extract.json_language import Carrier
from detection.extract.language import is_language, is_short_message
from detection.extract.media_types import is_xml
from detection.extract.xmpp import is_xmpp, messages
from detection.secret_names import is_secret

SAYING = frozenset({
    "body", "content", "message", "text", "title", "description", "summary", "subject", "comment", "caption", "p",
})  # fmt: skip
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.S)


class XmlDocument:
    def handles(self, message: Message) -> bool:
        return is_xml(message.media_type)

    def passages(self, message: Message) -> Iterator[Passage]:
        yield from passages_of_xml(decode(message), carrier_of(message))


def passages_of_xml(text: str, carrier: Carrier) -> Iterator[Passage]:
    """The messages of a chat; of any other document its words together, and what stands in it as JSON."""
    if is_xmpp(text):
        yield from messages(text, written=carrier.written)
        return
    text = _CDATA.sub(lambda found: found[1].replace("&", "&amp;").replace("<", "&lt;"), text)
    pieces = dict.fromkeys(pieces_of(text))
    for json in [piece for piece in pieces if piece.startswith(("{", "["))]:
        if values := [value for value in documents(json) if isinstance(value, dict | list)]:
            del pieces[json]
            yield from passages_of(values, carrier)
    if pieces:
        yield Passage(channel=carrier.plain, text="\n".join(pieces), conversation=carrier.conversation)


def pieces_of(text: str) -> Iterator[str]:
    """What its elements say, but for those whose name says that they hold a secret."""
    at, element = 0, ""
    for found in MARKUP.finditer(text):
        raw, at = text[at : found.start()], found.end()
        if piece := _piece(element, raw):
            yield piece
        if attributes := found["attributes"]:
            yield from _said_in(attributes)
        if tag := found["tag"]:
            element = "" if tag.startswith("/") else tag.rpartition(":")[2]


def _said_in(attributes: str) -> Iterator[str]:
    """Of attributes only those named like an element that says something, and of these only sentences."""
    for found in ATTRIBUTE.finditer(attributes):
        if found["name"].lower() in SAYING and found["value"]:
            written = unescape(found["value"].strip("\"'")).strip()
            if is_language(written):
                yield written


def _piece(element: str, raw: str) -> str:
    if not raw.strip() or is_secret(element):
        return ""
    written = unescape(raw)
    written = visible_text(written) if "<" in written else written.strip()
    if written.startswith(("{", "[")):
        return written
    keep = is_short_message if element.casefold() in SAYING else is_language
    return written if keep(written) else ""
