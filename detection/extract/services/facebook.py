"""Facebook: posts and comments written and shown, searches, and the messages that go with the page's own calls.

Source: public clients of the web site's GraphQL calls (a form with ``fb_api_req_friendly_name`` and ``variables``): the
unofficial chat APIs for Node.js (anbuinfosec/fca-unofficial, ``src/createCommentPost.js``) for
"ComposerStoryCreateMutation" and "useCometUFICreateCommentMutation" (``input.message.text``) and
"useStoriesSendReplyMutation" (``input.message``), public scrapers of searches and feeds for "SearchCometResults…Query"
(``args.text``), stories (``comet_sections.content.story.message.text``, ``actors``) and comments (``body.text``,
``author``); mautrix-meta, ``messagix/graphql`` for "LSPlatformGraphQLLightspeedRequestQuery". Most chats of two people
are encrypted from end to end since 2023: of those nothing is read.
"""

import re
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.form_post import FormPost
from detection.extract.json_documents import Json, documents
from detection.extract.json_path import first
from detection.extract.json_within import holding
from detection.extract.lightspeed import Said, pushed, sent
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import parameter, passage
from detection.observation import Channel

_WRITES = re.compile(
    r"(?:Composer|Story|Comment|Reply|Review|Post)\w*(?:Create|Edit)|(?:Create|Edit)\w*(?:Comment|Post)"
)
_SEARCHES = re.compile(r"Search\w*Results\w*Query")
_ANSWERS_A_STORY = re.compile(r"StoriesSendReply")
"""Sent to its author alone; another kind of answer is a sign."""
_LIGHTSPEED = re.compile(r"LSPlatformGraphQLLightspeedRequest")
_AS_TYPED = re.compile(r"Typeahead|KeywordDataSource|Typing|Bootstrap|Prefetch|Logging|Impression|Viewed|MarkAsRead")


def posted(call: Call) -> Iterator[Passage]:
    """What a GraphQL call says, by the name of its operation; of a call without a known one the general reader."""
    operation = call.form.get("fb_api_req_friendly_name", "")
    found = [said for value in documents(call.form.get("variables", "")) for said in _of_variables(operation, value)]
    if not found and not _AS_TYPED.search(operation):
        found = list(FormPost().passages(call.message))
    yield from found


def _of_variables(operation: str, value: Json) -> Iterator[Passage]:
    if _LIGHTSPEED.match(operation):
        yield from messages(sent(value))
    elif _SEARCHES.search(operation):
        if said := passage(Channel.SEARCH, first(value, "args.text|query")):
            yield said
    elif _ANSWERS_A_STORY.search(operation):
        typed = first(value, "input.message") if first(value, "input.story_reply_type") == "TEXT" else ""
        if said := passage(Channel.MESSAGE, typed, conversation=first(value, "input.story_id")):
            yield said
    elif _WRITES.search(operation):
        about = first(value, "input.feedback_id|input.story_id|input.audience.to_id")
        if said := passage(Channel.POST, first(value, "input.message.text"), conversation=about):
            yield said


def shown(call: Call) -> Iterator[Passage]:
    """Stories and comments, each once, with who wrote them; messages that were asked for."""
    once: dict[Passage, None] = {}
    for value in call.json:
        if "ertMessage" in call.text:  # inserted or upserted: most answers are no chat's
            yield from messages(pushed(value))
        for story in holding(value, "actors", "comet_sections"):
            text = first(story, "comet_sections.content.story.message.text|message.text")
            once |= _page(text, first(story, "actors[].name"))
        for comment in holding(value, "body", "author"):
            once |= _page(first(comment, "body.text"), first(comment, "author.name"))
    yield from once


def _page(text: str, author: str) -> dict[Passage, None]:
    said = passage(Channel.PAGE, text, author=author)
    return {said: None} if said else {}


def messages(found: Iterator[Said]) -> Iterator[Passage]:
    for one in found:
        if said := passage(Channel.MESSAGE, one.text, author=one.sender, conversation=one.thread):
            yield said


FACEBOOK = Service(
    name="Facebook",
    hosts=("facebook.com",),
    known=(
        known(r"/api/graphql/?", posted, sent=True),
        silent(r"/api/graphql/?", sent=True),
        known(r"/api/graphql/?", shown, sent=False),
        known(r"/search/\w+/?", parameter(Channel.SEARCH, "q"), sent=True),
        silent(r"/ajax/(?:bz|bnzai|qm|bulk-route-definitions|navigation|webstorage/process_keys)/?", sent=True),
    ),
)
