"""Ecosia: what was searched for.

Source: Chromium's list of search engines (``/search?q=``; ``ac.ecosia.org`` suggests), and the addresses of Ecosia's
own tabs for images, videos and news, as downloaders of pictures use them.
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.shapes import parameter
from detection.observation import Channel

ECOSIA = Service(
    name="Ecosia",
    hosts=("ecosia.org",),
    known=(
        known(r"/(?:search|images|videos|news)/?", parameter(Channel.SEARCH, "q"), sent=True, method="GET"),
        # Suggestions carry the words under the same name.
        silent(r"/.*", sent=True, method="GET"),
    ),
)
