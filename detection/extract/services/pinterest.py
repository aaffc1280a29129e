"""Pinterest: what was searched for.

Source: searxng/searxng, ``searx/engines/pinterest.py`` (``/resource/BaseSearchResource/get/`` with ``data``, JSON:
``options.query`` is what was typed, ``options.bookmarks`` are there where a further page of it is loaded);
sean1832/pinterest-dl, ``pinterest_dl/api/endpoints.py`` (the same address); bstoilov/py3-pinterest,
``py3pin/RequestBuilder.py`` and ``Pinterest.py`` (``data`` as a field of a form as well, beside ``source_url``, the
page: ``/search/pins/?q=…``). What is asked of the resources whose name ends in ``TypeaheadResource``
(``AdvancedTypeaheadResource``, ``options.term``) is what is being typed, and says nothing.
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
