"""DuckDuckGo: what was searched for.

Source: DuckDuckGo's help pages, "URL parameters" (``q`` on the front page, ``/html`` and ``/lite``),
duckduckgo.com/duckduckgo-help-pages.
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.shapes import parameter
from detection.observation import Channel

DUCKDUCKGO = Service(
    name="DuckDuckGo",
    hosts=("duckduckgo.com", "ddg.gg"),
    known=(
        known(r"/(?:html/?|lite/?)?", parameter(Channel.SEARCH, "q"), sent=True, method="GET"),
        silent(r"/ac/?", sent=True),
    ),
)
