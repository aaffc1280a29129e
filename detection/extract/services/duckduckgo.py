"""DuckDuckGo: what was searched for, and its chatbots (``duck_ai``).

Source: DuckDuckGo's help pages, "URL parameters" (``q`` on the front page, ``/html`` and ``/lite``),
duckduckgo.com/duckduckgo-help-pages; SearXNG's engines "duckduckgo" (a form with ``q``) and "duckduckgo_extra"
(``i.js``, ``v.js`` and ``news.js`` fill the page whose address has the words), and its autocompleter (``/ac/``).
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.duck_ai import CHATS
from detection.extract.services.shapes import field, parameter
from detection.observation import Channel

_SEARCH = r"/(?:html/?|lite/?)?"

DUCKDUCKGO = Service(
    name="DuckDuckGo",
    hosts=("duckduckgo.com", "ddg.gg", "ddg.com"),
    known=(
        *CHATS,
        silent(r"/.*", sent=True, method="GET", host="ac.duckduckgo.com"),
        known(_SEARCH, parameter(Channel.SEARCH, "q"), sent=True, method="GET"),
        known(_SEARCH, field(Channel.SEARCH, "q"), sent=True, method="POST"),
        # Suggestions and the parts of a page carry the words under the same name.
        silent(r"/.*", sent=True, method="GET"),
    ),
)
