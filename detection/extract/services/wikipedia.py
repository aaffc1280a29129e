"""Wikipedia: what was searched for.

Source: MediaWiki's documentation, "Help:Searching" and "Special:Search" (``search``), "API:Search" (``srsearch``),
"API:Opensearch" and "API:REST API/Reference" (``/search/page``; ``/search/title`` completes what is being typed).
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.shapes import in_path, parameter
from detection.observation import Channel

_PAGE = r"/wiki/Special:Search/(?P<words>.+)"

WIKIPEDIA = Service(
    name="Wikipedia",
    hosts=("wikipedia.org",),
    known=(
        known(r"/w/index\.php|/wiki/[^/]+", parameter(Channel.SEARCH, "search"), sent=True, method="GET"),
        known(_PAGE, in_path(Channel.SEARCH, _PAGE, spaces="+_"), sent=True, method="GET"),
        known(r"/w/rest\.php/v1/search/page", parameter(Channel.SEARCH, "q"), sent=True, method="GET"),
        known(r"/w/api\.php", parameter(Channel.SEARCH, "srsearch", unless=("sroffset",)), sent=True, method="GET"),
        silent(r"/w/api\.php|/w/rest\.php/v1/search/\w+", sent=True, method="GET"),
    ),
)
