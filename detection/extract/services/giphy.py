"""Giphy: which GIFs were searched for, on its pages and in the apps that ask its API.

Source: Giphy's API documentation, developers.giphy.com/docs/api/endpoint ("Search", "Translate", "Channel search",
"Autocomplete", "Search suggestions"); the addresses of its own pages (``/search/happy-dance``).
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.shapes import in_path, parameter
from detection.observation import Channel

_KIND = r"/v\d+/(?:gifs|stickers|clips|videos|text|channels)"
_PAGE = r"/search/(?P<words>[^/]+)"

GIPHY = Service(
    name="Giphy",
    hosts=("giphy.com",),
    known=(
        known(_KIND + "/search", parameter(Channel.SEARCH, "q", unless=("offset",)), sent=True, method="GET"),
        known(_KIND + "/translate", parameter(Channel.SEARCH, "s"), sent=True, method="GET"),
        known(_PAGE, in_path(Channel.SEARCH, _PAGE, spaces="+-"), sent=True, method="GET"),
        silent(r"/v\d+/(?:.+/search(?:/tags)?|tags/related/.+|trending/searches)", sent=True, method="GET"),
    ),
)
