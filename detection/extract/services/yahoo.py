"""Yahoo: what was searched for.

Source: SearXNG's engine "yahoo" (``/search?p=`` on a host for each country); public front ends and logs that name
``images.search.yahoo.com/search/images``, ``/mobile/s`` and the ``;_ylt=…`` after the path; ``/sugg/`` suggests.
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.shapes import parameter
from detection.observation import Channel

_SEARCH = r"(?:/(?:yhs|mobile|tablet))?/(?:s|search|search/(?:images|video|news|shopping)|images|video)/?(?:;.*)?|/"

YAHOO = Service(
    name="Yahoo",
    hosts=("yahoo.*",),
    known=(
        known(_SEARCH, parameter(Channel.SEARCH, "p"), sent=True, method="GET"),
        # Suggestions and measurements carry the words under the same name.
        silent(r"/.*", sent=True, method="GET"),
    ),
)
