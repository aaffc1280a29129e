"""Disqus: comments under other sites' pages, written and shown.

Source: Disqus's API documentation, disqus.com/api/docs: ``posts/create`` is sent ``message`` and ``thread``, as a form
or in the address; ``threads/listPosts`` answers with ``response[]``, each with ``raw_message`` (else ``message``, as
HTML), ``author.name`` (else ``author.username``) and ``thread``. SukkaW/DisqusJS, ``src/types.ts`` and
``src/context/posts.tsx``: the same from ``threads/listPostsThreaded``. louisguitton/disqus-crawler,
``purseblog/spiders/getJson.py``: the frame's page is ``/embed/comments/``, and the first posts lie in it as JSON in the
script with the id ``disqus-threadData``, under ``response.posts[]`` with the same fields.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json, documents
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known
from detection.extract.services.call import Call
from detection.extract.services.shapes import field, parameter, passage
from detection.observation import Channel

_CREATE = r"/api/3\.0/posts/(?:create|update)(?:\.json)?"
_LIST = r"/api/3\.0/(?:threads/listPosts(?:Threaded)?|posts/list|threads/post)(?:\.json)?"
_DATA = 'id="disqus-threadData">'


def listed(call: Call) -> Iterator[Passage]:
    for answer in call.json:
        yield from _posts(answer, "response[]")


def embedded(call: Call) -> Iterator[Passage]:
    _, _, data = call.text.partition(_DATA)
    for answer in documents(data.partition("</script>")[0]):
        yield from _posts(answer, "response.posts[]")


def _posts(answer: Json, path: str) -> Iterator[Passage]:
    for post in at(answer, path):
        text, author = first(post, "raw_message|message"), first(post, "author.name|author.username")
        if said := passage(Channel.PAGE, text, conversation=first(post, "thread"), author=author):
            yield said


DISQUS = Service(
    name="Disqus",
    hosts=("disqus.com",),
    known=(
        known(_CREATE, field(Channel.POST, "message", conversation="thread"), sent=True),
        known(_CREATE, parameter(Channel.POST, "message"), sent=True),
        known(_LIST, listed, sent=False),
        known(r"/embed/comments/?", embedded, sent=False),
    ),
)
