"""Plain text, tables of values separated by commas, and web pages that came as a file."""

from detection.byte_order import is_marked
from detection.documents.contents import Gathering
from detection.extract.base import Message
from detection.extract.charset import decode
from detection.extract.html_page import visible_text
from detection.observation import Direction


def gather_plain(body: bytes, gathering: Gathering) -> None:
    gathering.line(_text(body))


def gather_html(body: bytes, gathering: Gathering) -> None:
    gathering.line(visible_text(_text(body)))


def _text(body: bytes) -> str:
    """A file names no charset, so what is no UTF-8 counts as the usual one of Windows."""
    charset = ""
    if not is_marked(body):
        try:
            body.decode()
        except UnicodeDecodeError as e:
            # A long text may be cut in the middle of a letter; then there are others before.
            is_cut = e.start > len(body) - 4 and not body[: e.start].isascii()
            charset = "" if is_cut else "cp1252"
    return decode(Message(url="", charset=charset, body=body, direction=Direction.SHOWN))
