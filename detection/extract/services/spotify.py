"""Spotify: what was searched for.

Source: Spotify's Web API reference, "Search for Item" (``GET /v1/search?q=``); Aran404/SpotAPI, ``spotapi/song.py``:
its web player asks ``pathfinder`` for ``searchDesktop`` with ``searchTerm`` in ``variables``, in the address or in the
body. It asks as soon as one pauses, so words half typed may be among them.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import in_path, parameter, passage
from detection.observation import Channel

_PAGE = r"/search/(?P<words>[^/]+)(?:/\w+)?"
_API = "api-partner.spotify.com"


def _searched(call: Call) -> Iterator[Passage]:
    asked: list[Json] = [dict[str, Json](call.query), *call.json]
    for one in asked:
        if first(one, "operationName") != "searchDesktop" or first(one, "variables.offset") not in ("", "0"):
            continue
        if said := passage(Channel.SEARCH, first(one, "variables.searchTerm")):
            yield said


SPOTIFY = Service(
    name="Spotify",
    hosts=("spotify.com",),
    known=(
        known(_PAGE, in_path(Channel.SEARCH, _PAGE), sent=True, method="GET", host="open.spotify.com"),
        known(r"/v1/search", parameter(Channel.SEARCH, "q", unless=("offset",)), sent=True, method="GET"),
        known(r"/pathfinder/v\d+/query", _searched, sent=True, host=_API),
        # It asks for all else there too, by the names of stored queries: nobody's words.
        silent(r"/pathfinder/v\d+/query", sent=True, host=_API),
    ),
)
