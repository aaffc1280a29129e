"""Mastodon: posts written and shown on well-known servers; a post addressed to people alone is a message.

Source: Mastodon's documentation, docs.joinmastodon.org, "statuses API methods" (``status``, ``visibility``),
"timelines", "Status" (``content``, ``account.acct``, ``reblog``) and "Streaming API". The servers are some of the
largest; others speak the same, and the general readers read them.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_find import objects_with
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage
from detection.observation import Channel


def _written(call: Call) -> Iterator[Passage]:
    form: dict[str, Json] = {**call.form}
    for post in [form] if form else call.json:
        words = "\n".join(filter(None, (first(post, "spoiler_text"), first(post, "status"))))
        channel = Channel.MESSAGE if first(post, "visibility") == "direct" else Channel.POST
        if said := passage(channel, words, conversation=first(post, "in_reply_to_id")):
            yield said


def _shown(call: Call) -> Iterator[Passage]:
    for document in call.json:
        yield from _posts(document)


def _pushed(call: Call) -> Iterator[Passage]:
    """The post is JSON in a string."""
    for document in call.json:
        for key in at(document, "payload.content"):
            said = passage(_channel(first(document, "payload.visibility")), str(key),
                           author=first(document, "payload.account.acct"),
                           conversation=first(document, "payload.in_reply_to_id|payload.id"))  # fmt: skip
            if said and first(document, "event") == "update":
                yield said


def _posts(value: Json) -> Iterator[Passage]:
    for post in objects_with(value, "content"):
        words = "\n".join(filter(None, (first(post, "spoiler_text"), first(post, "content"))))
        said = passage(_channel(first(post, "visibility")), words, author=first(post, "account.acct"),
                       conversation=first(post, "in_reply_to_id|id"))  # fmt: skip
        if said and "account" in post:
            yield said


def _channel(visibility: str) -> Channel:
    return Channel.MESSAGE if visibility == "direct" else Channel.PAGE


MASTODON = Service(
    name="Mastodon",
    hosts=("mastodon.social", "mastodon.online", "mastodon.world", "mastodon.art", "mastodon.sdf.org", "mastodon.scot",
           "mastodon.green", "mastodon.nl", "mastodon.uno", "mastodonapp.uk", "mstdn.social", "mstdn.ca", "mstdn.jp",
           "mas.to", "fosstodon.org", "hachyderm.io", "infosec.exchange", "techhub.social", "toot.community",
           "universeodon.com", "masto.ai", "mindly.social", "c.im", "chaos.social", "troet.cafe", "piaille.fr",
           "pawoo.net", "tech.lgbt", "toot.wales", "social.vivaldi.net"),
    known=(
        known(r"/api/v1/statuses(?:/\d+)?", _written, sent=True),
        silent(r"/api/v1/statuses", sent=False),
        known(r"/api/v1/(?:timelines/.+|statuses/\d+(?:/context)?|accounts/\d+/statuses|bookmarks|favourites)", _shown,
              sent=False),
        known(r"/api/v1/streaming.*", _pushed, sent=False, frame=True),
        silent(r"/api/v1/streaming.*", frame=True),
        silent(r"/api/v1/(?:conversations|trends/.*|markers|accounts/search|announcements)"),
    ),
)  # fmt: skip
