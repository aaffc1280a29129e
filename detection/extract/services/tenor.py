"""Tenor: which GIFs were searched for, on its pages and in the apps that ask its API.

Source: Google's Tenor API guide, developers.google.com/tenor/guides/endpoints ("Search", "Search suggestions",
"Autocomplete", "Register share") and "Migrate from Tenor v1" (``api.tenor.com``, ``g.tenor.com``); the addresses of its
own pages (``/search/happy-dance-gifs``).
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.shapes import in_path, parameter
from detection.observation import Channel

_PAGE = r"(?:/[a-z]{2}(?:-[A-Za-z]{2,4})?)?/search/(?P<words>[^/]+?)(?:-(?:gifs|stickers|memes))?"

TENOR = Service(
    name="Tenor",
    hosts=("tenor.com", "tenor.googleapis.com"),
    known=(
        known(r"/v\d+/search", parameter(Channel.SEARCH, "q", unless=("pos",)), sent=True, method="GET"),
        known(_PAGE, in_path(Channel.SEARCH, _PAGE, spaces="+-"), sent=True, method="GET"),
        silent(r"/v\d+/\w+", sent=True, method="GET"),
    ),
)
