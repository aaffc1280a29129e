"""Reddit: posts, comments and private messages written; listings, threads and chat shown.

Source: praw-dev/praw, ``praw/endpoints.py`` (``api/comment``, ``api/submit``, ``api/compose`` …) and Reddit's own API
documentation, www.reddit.com/dev/api (their fields; listings of things of the kinds t1, t3 and t4). Chat is Matrix at
matrix.redditspace.com (mmenanno/reddit_chat_bridge; the Matrix client-server specification, spec.matrix.org). The
page's ``create-comment`` and its rich text: public posting scripts; its markup: ``detection.extract.shreddit``. A new
post: nikicat/rdt-cli, ``rdt_cli/client.py`` and ``constants.py`` (``/svc/shreddit/graphql`` with the ``operation``
"CreatePost", "CreateProfilePost" or "CreateDraft"; in ``variables.input`` the ``title`` and the ``content`` as
``markdown`` or, on the page, ``richText``; "ValidateCreatePostInput" before).
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json, documents
from detection.extract.json_find import objects_with
from detection.extract.json_path import at, first
from detection.extract.services.base import Reads, Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.deeper import joined
from detection.extract.services.shapes import named, objects, passage
from detection.extract.shreddit import said_in
from detection.observation import Channel

_CHAT = "matrix.redditspace.com"
_GRAPHQL = r"/svc/shreddit/graphql"
_POSTS = ("CreatePost", "CreateProfilePost", "CreateDraft")
_ROOM = r"/_matrix/client/\w+/rooms/(?P<conversation>[^/]+)"
_WROTE = r"/api/(?:comment|editusertext|submit|compose)/?|/svc/shreddit/t[13]_\w+/create-comment"


def _form(channel: Channel, *texts: str, title: str = "", room: str = "") -> Reads:
    """A title if there is one, and the first field that says something."""

    def read(call: Call) -> Iterator[Passage]:
        words = next(filter(None, (_plain(call.form.get(name, "")) for name in texts)), "")
        heading = call.form.get(title, "").strip()
        said = passage(channel, "\n".join(filter(None, (heading, words))),
                       conversation=call.form.get(room) or call.conversation)  # fmt: skip
        if said:
            yield said

    return read


def _posted(call: Call) -> Iterator[Passage]:
    for document in call.json:
        for post in at(document, "variables.input"):
            words = first(post, "title"), _plain(first(post, "content.markdown|content.richText"))
            said = passage(Channel.POST, "\n".join(filter(None, words)),
                           conversation=first(post, "subredditName|subredditId"))  # fmt: skip
            if said and first(document, "operation") in _POSTS:
                yield said


def _plain(field: str) -> str:
    """The words of a field that is rich text in JSON: a line per paragraph; else the field itself."""
    if not field.startswith('{"document"'):
        return field.strip()
    paragraphs = (each for value in documents(field) for each in at(value, "document[]"))
    return "\n".join(filter(None, ("".join(_runs(each)) for each in paragraphs))).strip()


def _runs(value: Json) -> Iterator[str]:
    return (run["t"] for run in objects_with(value, "t") if isinstance(run["t"], str))


def _things(call: Call) -> Iterator[Passage]:
    for thing in call.objects_with("kind"):
        kind, data = thing["kind"], thing.get("data")
        if not isinstance(data, dict) or data.get("promoted") or data.get("is_created_from_ads_ui"):
            continue
        heading = {"t3": "title", "t4": "subject"}.get(str(kind), "")
        words = "\n".join(filter(None, (first(data, heading), first(data, "selftext|body"))))
        channel = Channel.MESSAGE if kind == "t4" else Channel.PAGE
        said = passage(channel, words, author=first(data, "author"),
                       conversation=first(data, "link_id|first_message_name|name"))  # fmt: skip
        if kind in ("t1", "t3", "t4") and said:
            yield said


def _partial(call: Call) -> Iterator[Passage]:
    for said in said_in(call.text):
        if one := passage(Channel.PAGE, said.text, author=said.author, conversation=said.thread):
            yield one


def _sync(call: Call) -> Iterator[Passage]:
    for rooms in call.at("rooms.join"):
        for room, state in rooms.items() if isinstance(rooms, dict) else ():
            for event in at(state, "timeline.events[]"):
                said = passage(Channel.MESSAGE, joined(event, "content.body"), author=first(event, "sender"),
                               conversation=room)  # fmt: skip
                if said and first(event, "type") == "m.room.message":
                    yield said


REDDIT = Service(
    name="Reddit",
    hosts=("reddit.com", "redditspace.com"),
    known=(
        known(r"/api/(?:comment|editusertext)/?", _form(Channel.POST, "richtext_json", "text", room="thing_id"),
              sent=True),
        known(r"/api/submit/?", _form(Channel.POST, "richtext_json", "text", title="title", room="sr"), sent=True),
        known(r"/api/compose/?", _form(Channel.MESSAGE, "text", title="subject", room="to"), sent=True),
        known(r"/svc/shreddit/(?P<conversation>t[13]_\w+)/create-comment", _form(Channel.POST, "content"), sent=True),
        silent(_WROTE, sent=False),
        known(_GRAPHQL, _posted, sent=True),
        silent(_GRAPHQL, sent=True, when=named("operation", "ValidateCreatePostInput")),
        silent(r"/svc/shreddit/events|/api/(?:search_reddit_names|subreddit_autocomplete(?:_v2)?)(?:\.json)?/?"),
        known(r"/.*\.json|/api/(?:morechildren|info)/?", _things, sent=False),
        known(r"/.*", _things, sent=False, host="oauth.reddit.com"),
        known(r"/svc/shreddit/.*", _partial, sent=False),
        known(_ROOM + r"/send/m\.room\.message/[^/]+", objects(Channel.MESSAGE, text="content.body|body"), sent=True,
              host=_CHAT),
        known(_ROOM + r"/messages", objects(Channel.MESSAGE, each="chunk[]", text="content.body", author="sender"),
              sent=False, host=_CHAT),
        known(r"/_matrix/client/\w+/sync", _sync, sent=False, host=_CHAT),
        silent(_ROOM + r"/(?:typing/.*|receipt/.*|read_markers)", host=_CHAT),
    ),
)  # fmt: skip
