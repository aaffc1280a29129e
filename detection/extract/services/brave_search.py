"""Brave Search: what was searched for, and what its AI was asked.

Source: SearXNG's engine "brave" (``/search``, ``/images``, ``/videos``, ``/news``) and its autocompleter
(``/api/suggest``); brave-core's list of search engines (``/ask``); webscout's "BraveAI" (``/api/tap/v1/stream`` for
each question); SvelteKit's documentation, by which a page visited without a page load is fetched as ``__data.json``.
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.shapes import parameter
from detection.observation import Channel

_SEARCH = r"/(?:search|images|videos|news|goggles)"
_DATA = r"/__data\.json"

BRAVE_SEARCH = Service(
    name="Brave Search",
    hosts=("search.brave.com",),
    known=(
        known(rf"{_SEARCH}(?:{_DATA})?", parameter(Channel.SEARCH, "q", unless=("offset",)), sent=True,
              method="GET"),
        known(rf"/ask(?:{_DATA})?", parameter(Channel.PROMPT, "q"), sent=True, method="GET"),
        known(r"/api/tap/v1/stream", parameter(Channel.PROMPT, "query"), sent=True, method="GET"),
        silent(rf"/api/suggest|/api/tap/v1/\w+|{_SEARCH}{_DATA}", sent=True, method="GET"),
    ),
)  # fmt: skip
