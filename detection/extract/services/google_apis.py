"""Google's documented APIs for files: comments on them, and text put into documents by other pages and apps.

Source: Google's API references, "Drive API v3: comments, replies" (``content``, ``author.displayName``) and "Docs API:
documents.batchUpdate" (``insertText``), developers.google.com/workspace.
"""

from detection.extract.services.base import Service, known
from detection.extract.services.deeper import anywhere
from detection.extract.services.shapes import objects
from detection.observation import Channel

_COMMENTS = r"/drive/v[23]/files/(?P<conversation>[\w-]+)/comments(?:/[\w-]+)?(?:/replies(?:/[\w-]+)?)?"
_UPDATE = r"/v1/documents/(?P<conversation>[\w-]+):batchUpdate"

GOOGLE_APIS = Service(
    name="Google APIs",
    hosts=("www.googleapis.com", "content.googleapis.com", "docs.googleapis.com"),
    known=(
        known(_COMMENTS, objects(Channel.MESSAGE, text="content"), sent=True),
        known(_COMMENTS, anywhere(Channel.MESSAGE, "content", text="content", author="author.displayName"), sent=False),
        known(_UPDATE, objects(Channel.DOCUMENT, each="requests[].insertText", text="text"), sent=True),
    ),
)
