"""YouTube: what was searched for.

Source: YouTube.js (``POST /youtubei/v1/search`` with ``query``, a ``continuation`` for further results, also for
YouTube Kids and Music; ``get_search_suggestions``); yt-dlp's extractors "youtube:search_url"
(``/results?search_query=``) and "youtube:tab" (``/@name/search?query=``, which the page asks of
``/youtubei/v1/browse``).
"""

from detection.extract.services.base import Known, Service, known, silent
from detection.extract.services.shapes import objects, parameter
from detection.extract.services.youtube_chat import KNOWN as CHAT
from detection.extract.services.youtube_comments import KNOWN as COMMENTS
from detection.observation import Channel

_CHANNEL = r"/(?:@[^/]+|(?:c|channel|user)/[^/]+)/search"

SEARCH: tuple[Known, ...] = (
    known(r"/results|/search", parameter(Channel.SEARCH, "search_query", "q"), sent=True, method="GET"),
    known(_CHANNEL, parameter(Channel.SEARCH, "query"), sent=True, method="GET"),
    known(r"/youtubei/v1/(?:search|browse)", objects(Channel.SEARCH, text="query"), sent=True, method="POST"),
    silent(r"/youtubei/v1/search|/youtubei/v1/(?:music/)?get_search_suggestions", sent=True),
    # Suggestions and measurements carry the words under the same name.
    silent(r"/.*", sent=True, method="GET"),
)

YOUTUBE = Service(
    name="YouTube",
    hosts=("youtube.com", "youtube-nocookie.com", "youtubekids.com", "youtubei.googleapis.com"),
    known=(*COMMENTS, *CHAT, *SEARCH),
)
