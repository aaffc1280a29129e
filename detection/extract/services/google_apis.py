"""Google's documented APIs for files: comments on them, and text put into documents by other pages and apps.

Source: Google's API references, "Drive API v3: comments, replies" (``content``, ``author.displayName``) and "Docs API:
documents.batchUpdate" and "Slides API: presentations.batchUpdate" (``insertText``, ``replaceAllText``),
developers.google.com/workspace.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_path import first
from detection.extract.services.base import Service, known
from detection.extract.services.call import Call
from detection.extract.services.deeper import anywhere
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel

_COMMENTS = r"/drive/v[23]/files/(?P<conversation>[\w-]+)/comments(?:/[\w-]+)?(?:/replies(?:/[\w-]+)?)?"
_UPDATE = r"/v1/(?:documents|presentations)/(?P<conversation>[\w-]+):batchUpdate"


def _put_in(call: Call) -> Iterator[Passage]:
    for request in call.at("requests[]"):
        words = first(request, "insertText.text|replaceAllText.replaceText")
        if said := passage(Channel.DOCUMENT, words, conversation=call.conversation):
            yield said


GOOGLE_APIS = Service(
    name="Google APIs",
    hosts=("www.googleapis.com", "content.googleapis.com", "docs.googleapis.com", "slides.googleapis.com"),
    known=(
        known(_COMMENTS, objects(Channel.MESSAGE, text="content"), sent=True),
        known(_COMMENTS, anywhere(Channel.MESSAGE, "content", text="content", author="author.displayName"), sent=False),
        known(_UPDATE, _put_in, sent=True),
    ),
)
