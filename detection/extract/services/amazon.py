"""Amazon: what was searched for.

Source: SearXNG's former engine "amazon" (``/s?k=``); Amazon's older result pages as listed by affiliate guides
(``/s/ref=…?field-keywords=``); write-ups of ``POST /s/query``, which loads further and filtered pages, and of
``completion.amazon.*``, which completes what is being typed.
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
