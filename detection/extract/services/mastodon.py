"""Mastodon: posts written and shown, profiles and searches, on well-known servers; a post to people alone is a message.

Source: Mastodon's documentation (mastodon/documentation, ``content/en``), "statuses API methods" (``status``,
``visibility``, ``poll``), "accounts" (``update_credentials``), "timelines", "conversations", "notifications", "search",
"Status" (``content``, ``account.acct``, ``reblog``) and "Streaming API" (``update``, ``status.update``,
``conversation``, ``notification``). The servers are some of the largest; others speak the same, and the general readers
read them.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json, documents
from detection.extract.json_find import objects_with
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import parameter, passage
from detection.observation import Channel

_POSTS_COME = ("update", "status.update", "conversation", "notification")
_LISTS = (r"/api/v1/(?:timelines/.+|statuses/\d+(?:/context)?|accounts/\d+/statuses|bookmarks|favourites|conversations)"
          r"|/api/v[12]/notifications|/api/v2/search")  # fmt: skip


def _profile(call: Call) -> Iterator[Passage]:
    form: dict[str, Json] = {**call.form}
    for profile in [form] if form else call.json:
        words = "\n".join(filter(None, (first(profile, "display_name"), first(profile, "note"))))
        if said := passage(Channel.POST, words):
            yield said


def _written(call: Call) -> Iterator[Passage]:
    form: dict[str, Json] = {**call.form}
    for post in [form] if form else call.json:
        words = "\n".join(filter(None, (first(post, "spoiler_text"), first(post, "status"), *_choices(post))))
        channel = Channel.MESSAGE if first(post, "visibility") == "direct" else Channel.POST
        if said := passage(channel, words, conversation=first(post, "in_reply_to_id")):
            yield said


def _choices(post: Json) -> list[str]:
    """Of a vote."""
    return [one for one in at(post, "poll.options[]") if isinstance(one, str)]


def _shown(call: Call) -> Iterator[Passage]:
    for document in call.json:
        yield from _posts(document)


def _pushed(call: Call) -> Iterator[Passage]:
    """The post, or what holds one, is JSON in a string."""
    for document in call.json:
        if first(document, "event") in _POSTS_COME:
            for payload in documents(first(document, "payload")):
                yield from _posts(payload)


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
        known(r"/api/v1/accounts/update_credentials", _profile, sent=True),
        silent(r"/api/v1/accounts/(?:update|verify)_credentials", sent=False),
        known(r"/api/v2/search", parameter(Channel.SEARCH, "q", unless=("offset",)), sent=True),
        silent(r"/api/v2/search", sent=True),
        known(_LISTS, _shown, sent=False),
        known(r"/api/v1/streaming.*", _pushed, sent=False, frame=True),
        silent(r"/api/v1/streaming.*", frame=True),
        silent(r"/api/v1/(?:trends/.*|markers|accounts/search|announcements)"),
    ),
)  # fmt: skip
