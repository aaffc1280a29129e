"""Wikipedia: what was searched for, and what is written into an article or on its talk page.

Source: MediaWiki's documentation, "Help:Searching" and "Special:Search" (``search``), "API:Search" (``srsearch``),
"API:Opensearch" and "API:REST API/Reference" (``/search/page``; ``/search/title`` completes what is being typed). For
edits "Manual:Creating a bot" and "API:Edit" (the form's ``wpTextbox1``, ``wpSummary``; ``text``, ``appendtext``),
"Extension:VisualEditor" (``visualeditoredit`` with ``html``) and "Extension:DiscussionTools" (``discussiontoolsedit``
with ``wikitext`` and, of a new topic, ``sectiontitle``); ``rawdeflate,`` from wikimedia/Deflate.
"""

from base64 import b64decode
from collections.abc import Iterator
from zlib import MAX_WBITS, decompressobj, error

from detection.extract.base import Passage
from detection.extract.json_language import readable
from detection.extract.limits import inflated
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.deeper import in_form, in_query
from detection.extract.services.shapes import in_path, parameter, passage
from detection.observation import Channel

_WRITES = frozenset({"edit", "visualeditoredit", "discussiontoolsedit"})
_TEXTS = ("text", "appendtext", "prependtext", "wikitext", "html")
_PACKED = "rawdeflate,"
_MOST = 4 << 20
_PAGE = r"/wiki/Special:Search/(?P<words>.+)"


def edited(call: Call) -> Iterator[Passage]:
    form = call.form
    if (form.get("action") or call.query.get("action")) in _WRITES:
        text = next((_unpacked(form[name]) for name in _TEXTS if form.get(name)), "")
        told = (form.get("sectiontitle", "").strip(), readable(text), form.get("summary", "").strip())
        words = "\n".join(filter(None, dict.fromkeys(told)))
        if said := passage(Channel.DOCUMENT, words, conversation=form.get("title") or form.get("page", "")):
            yield said


def _unpacked(text: str) -> str:
    if not text.startswith(_PACKED):
        return text
    try:
        packed = b64decode(text.removeprefix(_PACKED))
        return inflated(decompressobj(-MAX_WBITS), packed, _MOST).decode("utf-8", "replace")
    except (ValueError, error):
        return ""


WIKIPEDIA = Service(
    name="Wikipedia",
    hosts=("wikipedia.org",),
    known=(
        known(r"/w/index\.php|/wiki/[^/]+", parameter(Channel.SEARCH, "search"), sent=True, method="GET"),
        known(_PAGE, in_path(Channel.SEARCH, _PAGE, spaces="+_"), sent=True, method="GET"),
        known(r"/w/rest\.php/v1/search/page", parameter(Channel.SEARCH, "q"), sent=True, method="GET"),
        known(r"/w/api\.php", parameter(Channel.SEARCH, "srsearch", unless=("sroffset",)), sent=True, method="GET"),
        known(r"/w/index\.php", in_query("title", in_form(Channel.DOCUMENT, "wpTextbox1", "wpSummary")), sent=True,
              method="POST"),
        known(r"/w/api\.php", edited, sent=True, method="POST"),
        silent(r"/w/api\.php|/w/rest\.php/v1/search/\w+", sent=True, method="GET"),
    ),
)  # fmt: skip
