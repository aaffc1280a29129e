"""Amazon: what was searched for.

Source: searxng/searxng, ``searx/engines/amazon.py`` (``/s?k=…&page=…``: ``k`` is what was typed). Under the older name
it is ``field-keywords``, also behind ``/s/ref=…`` (OpenSearch descriptions that browsers shipped for Amazon).
codesquad-members-2021/fe-w5-searchUI, ``public/js/main.js``: ``completion.amazon.com/api/2017/suggestions`` is asked
for what is being typed, in ``prefix``; it says nothing, nor does ``POST /s/query``, with which the results page loads
more results of the search its address names already.
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.shapes import parameter
from detection.observation import Channel

AMAZON = Service(
    name="Amazon",
    hosts=("amazon.*",),
    known=(
        silent(r"/s/query", sent=True),
        silent(r"(?:/api/2017)?/suggestions|/search/complete", sent=True),
        known(r"(?:/gp/aw)?/s(?:/.*)?", parameter(Channel.SEARCH, "k", "field-keywords"), sent=True, method="GET"),
    ),
)
