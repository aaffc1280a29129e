"""Bluesky: posts, profiles and messages written; timelines, threads and conversations shown; searches.

Source: bluesky-social/atproto, ``lexicons`` (``com.atproto.repo.createRecord``, ``putRecord`` and ``applyWrites``,
``app.bsky.feed.post``, ``app.bsky.feed.defs``, ``searchPosts`` and ``searchPostsV2``, ``app.bsky.actor.profile``,
``chat.bsky.convo.sendMessage``, ``getMessages``, ``getLog``, ``chat.bsky.group.createGroup`` and ``editGroup``).
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.deeper import anywhere, in_query
from detection.extract.services.shapes import objects, parameter, together
from detection.observation import Channel

_CHAT, _GROUP, _REPO = (
    rf"/xrpc/{name}\." for name in (r"chat\.bsky\.convo", r"chat\.bsky\.group", r"com\.atproto\.repo")
)
_SEARCH = r"/xrpc/app\.bsky\.(?:feed\.searchPosts(?:V2)?|actor\.searchActors)"
_SHOWN = (
    r"(?:app\.bsky\.feed\.(?:getTimeline|getFeed|getListFeed|getAuthorFeed|getActorLikes|getPostThread|getPosts"
    r"|searchPosts(?:V2)?|getQuotes)|app\.bsky\.unspecced\.getPostThread(?:Other|Hidden)?V2|app\.bsky\.notification\.listNotifications)"
)

BLUESKY = Service(
    name="Bluesky",
    hosts=("bsky.app", "bsky.social", "bsky.network", "bsky.chat"),
    known=(
        known(_REPO + "createRecord", objects(Channel.POST, each="record", text="text",
              conversation="reply.root.uri"), sent=True),
        known(_REPO + "applyWrites", objects(Channel.POST, each="writes[].value", text="text",
              conversation="reply.root.uri"), sent=True),
        known(_REPO + "putRecord", together(Channel.POST, "displayName", "description", each="record"), sent=True),
        known(_GROUP + "(?:createGroup|editGroup)", objects(Channel.POST, text="name", conversation="convoId"),
              sent=True),
        silent(_GROUP + ".*", sent=False),
        known(_CHAT + "sendMessage", objects(Channel.MESSAGE, text="message.text", conversation="convoId"), sent=True),
        known(_CHAT + "sendMessageBatch", objects(Channel.MESSAGE, each="items[]", text="message.text",
              conversation="convoId"), sent=True),
        silent(_CHAT + "sendMessage(?:Batch)?", sent=False),
        known(_CHAT + "getMessages", in_query("convoId", objects(Channel.MESSAGE, each="messages[]", text="text",
              author="sender.did")), sent=False),
        known(_CHAT + "getLog", objects(Channel.MESSAGE, each="logs[]", text="message.text",
              author="message.sender.did", conversation="convoId"), sent=False),
        silent(_CHAT + "(?:listConvos|getConvo|updateRead)"),
        known(_SEARCH, parameter(Channel.SEARCH, "q", "query", unless=("cursor",)), sent=True),
        silent(_SEARCH, sent=True),
        known(r"/xrpc/" + _SHOWN, anywhere(Channel.PAGE, "record", text="record.text",
              author="author.handle", conversation="record.reply.root.uri|uri"), sent=False),
        silent(r"/xrpc/app\.bsky\.actor\.searchActorsTypeahead"),
    ),
)  # fmt: skip
