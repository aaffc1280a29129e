"""TikTok: what was searched for.

Source: TikTok-Api by David Teather, ``api/search.py`` (``/api/search/{general,user,item}/full/`` with ``keyword``,
``cursor`` and ``offset``; ``/api/search/general/preview/`` while typing); yt-dlp and downloaders for ``/search?q=``.
"""

from detection.extract.services.base import Known, Service, known, silent
from detection.extract.services.shapes import parameter
from detection.extract.services.tiktok_comments import KNOWN
from detection.extract.services.tiktok_messages import MESSAGES
from detection.observation import Channel

SEARCH: tuple[Known, ...] = (
    known(r"/search(?:/(?:video|user|live|photo))?/?", parameter(Channel.SEARCH, "q"), sent=True, method="GET"),
    known(r"/api/search/(?:general|item|user|live|photo)/full/?",
          parameter(Channel.SEARCH, "keyword", unless=("offset", "cursor")), sent=True, method="GET"),
    silent(r"/api/search/.+", sent=True, method="GET"),
)  # fmt: skip

TIKTOK = Service(name="TikTok", hosts=("tiktok.com",), known=(*KNOWN, *MESSAGES, *SEARCH))
