"""Messages, searches, written posts and plain text as self-contained pages: drawn as what they are."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from detection.observation import Channel, Direction
from images.drawing import Drawing, Line
from images.excerpt import excerpt

MOST_LINES_BEFORE, MOST_OF_A_LINE = 10, 300
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+")
_TITLES: Mapping[str, str] = {
    Channel.SEARCH: "Searched for",
    Channel.PROMPT: "Asked",
    Channel.REPLY: "Was answered",
    Channel.MESSAGE: "Wrote",
    Channel.POST: "Wrote in a form",
    Channel.MAIL: "Wrote a mail",
    Channel.DOCUMENT: "Wrote in a document",
    Channel.URL: "Opened the address",
    Channel.FILE_NAME: "Used a file named",
    Channel.SCREEN: "Typed",
    Channel.DNS: "Asked for the address of",
    Channel.TUNNEL: "Went out of the network by",
}
_SHOWN: Mapping[str, str] = {
    Channel.SCREEN: "Was on the screen",
    Channel.MESSAGE: "Was sent",
    Channel.MAIL: "Received a mail",
    Channel.DOCUMENT: "Opened a document",
    Channel.REPLY: "Was answered",
    Channel.FILE_NAME: "Was shown a file named",
    Channel.DNS: "Asked for the address of",
    Channel.TUNNEL: "Went out of the network by",
}


def html(drawing: Drawing) -> str:
    """The drawing's text as a page of its own. A page that cannot be drawn becomes the text that was found in it."""
    template = _TEMPLATES.get(drawing.kind) or ("post.html" if _is_written(drawing.direction) else "text.html")
    return _ENVIRONMENT.get_template(template).render(
        drawing=drawing,
        host=host(drawing.url or drawing.where),
        title=_title(drawing),
        excerpt=excerpt(drawing.text, drawing.ranges),
        before=tuple(_short(line) for line in drawing.before[-MOST_LINES_BEFORE:]),
    )


def words(drawing: Drawing) -> str:
    """The words with what stands around them, to be shown above a page that does not show them."""
    return _ENVIRONMENT.get_template("words.html").render(excerpt=excerpt(drawing.text, drawing.ranges))


def window(drawing: Drawing, shown: str, earlier: Sequence[str]) -> str:
    """The words, and the window they were seen in: addresses of pictures, the one of that moment first."""
    return _ENVIRONMENT.get_template("window.html").render(
        drawing=drawing,
        title=_title(drawing),
        excerpt=excerpt(drawing.text, drawing.ranges),
        window=shown,
        earlier=earlier,
    )


def host(where: str) -> str:
    """Of an address, its host; of anything else, nothing."""
    try:
        found = urlsplit(where if "://" in where else f"//{where}").hostname or ""
    except ValueError:
        return ""
    return found if "://" in where or _HOST.fullmatch(found) else ""


def _title(drawing: Drawing) -> str:
    titles = _TITLES if _is_written(drawing.direction) else _SHOWN
    return titles.get(drawing.channel, "Text on the page")


def _is_written(direction: str) -> bool:
    return direction == Direction.WRITTEN


def _short(line: Line) -> Line:
    if len(line.text) <= MOST_OF_A_LINE:
        return line
    return Line(when=line.when, direction=line.direction, author=line.author, text=line.text[:MOST_OF_A_LINE] + "…")


def _clock(when: datetime) -> str:
    return f"{when:%H:%M}"


_TEMPLATES: Mapping[str, str] = {"message": "chat.html", "search": "search.html"}
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["clock"] = _clock
_ENVIRONMENT.tests["written"] = _is_written
