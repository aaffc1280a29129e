"""X (Twitter): posts and direct messages written; timelines, threads and conversations shown.

Source: d60/twikit, ``twikit/client/gql.py`` (the operations' names, ``variables.tweet_text``) and ``tweet.py`` (where a
post's words and author stand); since March 2026 a search is posted, its ``variables`` in the body
(mahrtayyab/tweety, pull request 292); public scripts that hide advertisements (``promotedMetadata``); mautrix/twitter,
``pkg/twittermeow/data``: ``endpoints``, ``payload`` (``dm/new2.json`` with a body; ``dm/edit.json`` with all of it in
the address) and ``types/messaging.go`` (``message_data``). XChat (chat-ws.x.com) is encrypted from end to end: it
cannot be read.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.html_tags import unescape
from detection.extract.json_documents import documents
from detection.extract.json_find import objects_with
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.deeper import in_query
from detection.extract.services.shapes import objects, parameter, passage
from detection.observation import Channel

_GRAPHQL = r"/i/api/graphql/[\w-]+/"
_DM = r"/i/api/1\.1/dm/"
_TIMELINES = (
    r"(?:Home(?:Latest)?Timeline|TweetDetail|TweetResultsByRestIds?|TweetResultByRestId|UserTweets(?:AndReplies)?"
    r"|UserMedia|UserHighlightsTweets|Likes|Bookmarks|SearchTimeline|NotificationsTimeline|ListLatestTweetsTimeline"
    r"|CommunityTweetsTimeline)"
)


def _posts(call: Call) -> Iterator[Passage]:
    """A repost holds the whole post once more inside; only that is read."""
    for post in call.objects_with("legacy", without=("promotedMetadata",)):
        if any(at(post, "legacy.retweeted_status_result")):
            continue
        said = passage(
            Channel.PAGE,
            unescape(first(post, "note_tweet.note_tweet_results.result.text|legacy.full_text")),
            author=first(post, "core.user_results.result.core.screen_name"
                               "|core.user_results.result.legacy.screen_name"),
            conversation=first(post, "legacy.conversation_id_str"),
        )  # fmt: skip
        if said:
            yield said


def _messages(call: Call) -> Iterator[Passage]:
    for document in call.json:
        people = {first(user, "id_str"): first(user, "screen_name") for user in objects_with(document, "screen_name")}
        for message in objects_with(document, "message_data"):
            sender = first(message, "message_data.sender_id")
            said = passage(Channel.MESSAGE, unescape(first(message, "message_data.text")),
                           author=people.get(sender) or sender,
                           conversation=first(message, "conversation_id") or call.conversation)  # fmt: skip
            if said:
                yield said


def _search(call: Call) -> Iterator[Passage]:
    """The first page of what was found; the further ones ask with the same words."""
    for variables in (*documents(call.query.get("variables", "")), *call.at("variables")):
        if not first(variables, "cursor") and (said := passage(Channel.SEARCH, first(variables, "rawQuery"))):
            yield said


TWITTER = Service(
    name="X",
    hosts=("x.com", "twitter.com"),
    known=(
        known(_GRAPHQL + r"Create(?:Note)?Tweet", objects(Channel.POST, text="variables.tweet_text",
              conversation="variables.reply.in_reply_to_tweet_id"), sent=True),
        known(_GRAPHQL + r"CreateScheduledTweet", objects(Channel.POST, text="variables.post_tweet_request.status"),
              sent=True),
        known(_DM + r"new2\.json", objects(Channel.MESSAGE, text="text", conversation="conversation_id"), sent=True),
        known(_DM + r"edit\.json", in_query("conversation_id", parameter(Channel.MESSAGE, "text")), sent=True),
        known(_GRAPHQL + r"SearchTimeline", _search, sent=True),
        silent(_GRAPHQL + _TIMELINES, sent=True),
        known(_GRAPHQL + _TIMELINES, _posts, sent=False),
        known(_DM + r"conversation/(?P<conversation>[\w-]+)\.json", _messages, sent=False),
        known(_DM + r"(?:user_updates|inbox_initial_state|inbox_timeline/\w+)\.json", _messages, sent=False),
        silent(_GRAPHQL + r"Create\w*Tweet|" + _DM + r"(?:new2|edit)\.json", sent=False),
        silent(_GRAPHQL + r"useTypingNotifierMutation|/i/api/1\.1/search/typeahead\.json|/(?:i/api/)?1\.1/jot/.*"),
    ),
)  # fmt: skip
