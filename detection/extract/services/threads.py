"""Threads: posts and replies written and shown.

Source: dmytrostriletskyi/threads-net and junhoyeo/threads-api (``configure_text_only_post`` with ``caption``, signed in
the app; ``text_feed`` and ``graphql`` answering ``thread_items[].post`` with ``caption.text`` and ``user.username``).
What the app sends to Instagram's own address is Instagram's to read.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json, documents
from detection.extract.json_path import first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.deeper import anywhere
from detection.extract.services.shapes import passage
from detection.observation import Channel

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


THREADS = Service(
    name="Threads",
    hosts=("threads.net", "threads.com"),
    known=(
        known(_WRITE, _written, sent=True),
        silent(_WRITE, sent=False),
        known(r"/(?:api/graphql|graphql/query)|/api/v1/(?:text_feed/.*|feed/text_post_app_timeline/)",
              anywhere(Channel.PAGE, "caption", text="caption.text", author="user.username", conversation="code|pk"),
              sent=False),
    ),
)  # fmt: skip
