"""Threads: posts and replies written and shown, and searches.

Source: dmytrostriletskyi/threads-net and junhoyeo/threads-api (``configure_text_only_post`` with ``caption``, signed in
the app; ``text_feed`` and ``graphql`` answering ``thread_items[].post`` with ``caption.text`` and ``user.username``);
scrapfly/scrapfly-scrapers, ``threads-scraper/threads.py`` (a page's first posts: the same objects, deep in the JSON of
its ``<script type="application/json" data-sjs>``, of which those with ``thread_items`` hold posts); public clients of
the page's GraphQL calls for "BarcelonaSearchResultsQuery" (``variables.query``; people are searched as they are typed
by "useBarcelonaAccountSearch…"). What the app sends to Instagram's own address is Instagram's to read.
"""

import re
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json, documents
from detection.extract.json_find import objects_with
from detection.extract.json_path import first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.deeper import anywhere
from detection.extract.services.shapes import parameter, passage
from detection.observation import Channel

_SCRIPT = re.compile(r"<script\b[^<>]{0,400}\bdata-sjs\b[^<>]{0,400}>(.*?)</script>", re.S | re.I)
_HOLDS_POSTS = "thread_items"
_PAGE = r"/(?:@[^/]+(?:/(?:post/[^/]+|replies|reposts))?|t/[^/]+|search|)/?"
_GRAPHQL = r"/(?:api/graphql|graphql/query)/?"
_WRITE = r"/api/v1/media/configure_(?:text_only_post|text_post_app_(?:feed|sidecar))/"


def _written(call: Call) -> Iterator[Passage]:
    """Fields of a form, or all of them as JSON behind a signature."""
    signed = call.form.get("signed_body", "").partition(".")[2]
    form: dict[str, Json] = {**call.form}
    for post in documents(signed) if signed else [form]:
        if said := passage(
            Channel.POST, first(post, "caption"), conversation=first(post, "text_post_app_info.reply_id")
        ):
            yield said


def _searched(call: Call) -> Iterator[Passage]:
    if call.form.get("fb_api_req_friendly_name") == "BarcelonaSearchResultsQuery":
        for variables in documents(call.form.get("variables", "")):
            if said := passage(Channel.SEARCH, first(variables, "query")):
                yield said


def _opened(call: Call) -> Iterator[Passage]:
    """Nothing of a page without posts in it: then what is seen of it is read."""
    for script in _SCRIPT.finditer(call.text):
        if _HOLDS_POSTS in script[1]:
            for post in (one for value in documents(script[1]) for one in objects_with(value, "caption")):
                if said := passage(Channel.PAGE, first(post, "caption.text"), author=first(post, "user.username"),
                                   conversation=first(post, "code|pk")):  # fmt: skip
                    yield said


THREADS = Service(
    name="Threads",
    hosts=("threads.net", "threads.com"),
    known=(
        known(_WRITE, _written, sent=True),
        silent(_WRITE, sent=False),
        known(r"/search/?", parameter(Channel.SEARCH, "q"), sent=True, method="GET"),
        known(_GRAPHQL, _searched, sent=True, method="POST"),
        silent(_GRAPHQL, sent=True, when=lambda call: "Search" in call.form.get("fb_api_req_friendly_name", "")),
        known(_PAGE, _opened, sent=False),
        known(_GRAPHQL + r"|/api/v1/(?:text_feed/.*|feed/text_post_app_timeline/)",
              anywhere(Channel.PAGE, "caption", text="caption.text", author="user.username", conversation="code|pk"),
              sent=False),
    ),
)  # fmt: skip
