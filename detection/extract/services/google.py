"""Google: what was searched for, and what its AI Mode was asked.

Source: SearXNG's engines "google", "google_images", "google_news", "google_scholar" and "google_play" (``q``;
``async`` for a part of a page) and its autocompleter (``/complete/search``); Google's help, "Do an advanced search"
(``as_q`` and its like); Google's "Maps URLs" (``/maps/search``) and public scrapers of ``/search?tbm=map``, which the
map asks without a new page; the Programmable Search Element (``/cse/element/v1``), which searches on other people's
pages; public clients of AI Mode (``udm=50``, then ``/async/folwr`` and ``/async/folif``).
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import in_path, parameter
from detection.observation import Channel

_SEARCH = r"/|/(?:webhp|scholar|books|cse|cse/element/v1)|(?:/[\w.-]{1,40}){0,4}/search"
"""Also its other products' pages of that name: ``/store/search``, ``/drive/search``."""
_IN_MAP = r"/maps/search/(?P<words>[^/@][^/]*)(?:/.*)?"
_WORDS = ("q", "as_q", "as_epq", "as_oq")
_AI_MODE = "50"


def _searched(call: Call) -> Iterator[Passage]:
    """A part of a page that is loaded afterwards was not searched for again."""
    channel = Channel.PROMPT if call.query.get("udm") == _AI_MODE else Channel.SEARCH
    return parameter(channel, *_WORDS, unless=("async", "asearch"))(call)


GOOGLE = Service(
    name="Google",
    hosts=("google.*",),
    known=(
        silent(r"/complete/search", sent=True),
        known(_SEARCH, _searched, sent=True, method="GET"),
        known(r"/async/fol(?:wr|if)", parameter(Channel.PROMPT, "q"), sent=True, method="GET"),
        known(_IN_MAP, in_path(Channel.SEARCH, _IN_MAP), sent=True, method="GET"),
        # A map that some page shows of itself was not searched for.
        known(r"/maps(?:/search)?/?", parameter(Channel.SEARCH, "q", "query", unless=("output",)), sent=True,
              method="GET"),
        # Suggestions, previews and measurements carry the words under the same name.
        silent(r"/.*", sent=True, method="GET"),
    ),
)  # fmt: skip
