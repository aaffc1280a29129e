"""Ecosia: what was searched for, and what its AI was asked from elsewhere.

Source: Chromium's list of search engines (``/search?q=``; ``ac.ecosia.org`` suggests); the addresses of Ecosia's
own tabs for images, videos and news, as downloaders of pictures use them; ecosia/ios-browser (``URLProvider.swift``:
``/ai-search``) and wk-y/searchadder (``/ai-search?q=``, formerly ``/chat?q=``). How a question is sent from within the
AI chat, and answered, is published nowhere we know of: the general readers read it.
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.shapes import parameter
from detection.observation import Channel

ECOSIA = Service(
    name="Ecosia",
    hosts=("ecosia.org",),
    known=(
        known(r"/(?:search|images|videos|news)/?", parameter(Channel.SEARCH, "q"), sent=True, method="GET"),
        known(r"/(?:ai-search|chat)(?:/[\w-]+)?/?", parameter(Channel.PROMPT, "q"), sent=True, method="GET"),
        # Suggestions carry the words under the same name.
        silent(r"/.*", sent=True, method="GET"),
    ),
)
