"""Bing: what was searched for, also of its Copilot.

Source: SearXNG's engines "bing", "bing_images", "bing_videos" and "bing_news" (``q``; ``/images/async``,
``/videos/asyncv2`` and ``/news/infinitescrollajax`` load further results); Microsoft's "Create a custom map URL" for
``/maps``; links to ``/copilotsearch?q=`` in public browser extensions.
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.shapes import parameter
from detection.observation import Channel

_SEARCH = r"/|(?:/(?:images|videos|news|shop|academic))?/search|/shop|/maps(?:/default\.aspx)?"

BING = Service(
    name="Bing",
    hosts=("bing.com",),
    known=(
        known(_SEARCH, parameter(Channel.SEARCH, "q"), sent=True, method="GET"),
        known(r"/copilotsearch", parameter(Channel.PROMPT, "q"), sent=True, method="GET"),
        # Suggestions, further results and measurements carry the words under the same name.
        silent(r"/.*", sent=True, method="GET"),
    ),
)
