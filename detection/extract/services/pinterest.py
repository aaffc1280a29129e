"""Pinterest: what was searched for.

Source: SearXNG's engine "pinterest" (``BaseSearchResource`` with ``data``, which is ``{"options": {"query",
"bookmarks"}}``, the bookmarks being those of a further page); sean1832/pinterest-dl, ``pinterest_dl/api/endpoints.py``
(``/resource/BaseSearchResource/get/``); public scripts (the same as a form, ``/search/pins/?q=``,
``AdvancedTypeaheadResource`` while typing).
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_path import at, first
from detection.extract.services.base import Known, Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.pinterest_talk import KNOWN
from detection.extract.services.shapes import parameter, passage
from detection.observation import Channel

_RESOURCE = r"(?:/_ngjs)?/resource/"


def _searched(call: Call) -> Iterator[Passage]:
    data = call.query.get("data") or call.form.get("data", "")
    further = any(at(data, "options.bookmarks[]"))
    if not further and (said := passage(Channel.SEARCH, first(data, "options.query"))):
        yield said


SEARCH: tuple[Known, ...] = (
    known(r"/search(?:/\w+)?/?", parameter(Channel.SEARCH, "q"), sent=True, method="GET"),
    known(_RESOURCE + r"BaseSearchResource/get/?", _searched, sent=True),
    silent(_RESOURCE + r"\w*(?:Search|Typeahead)Resource/get/?", sent=True),
)

PINTEREST = Service(name="Pinterest", hosts=("pinterest.*",), known=(*KNOWN, *SEARCH))
