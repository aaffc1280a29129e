"""Instagram: direct messages, captions, comments and searches of the web site.

Source: mautrix-meta (``messagix/graphql/docs.go``, ``messagix/socket.go`` and the delta events of its Instagram
client): "IGDirectTextSendMutation" (``text.sensitive_string_value``), "IGDirectEditMessageMutation" (``body``
likewise), "IGDEditThreadNameDialogOffMsysMutation" (``new_title``), messages as objects with ``message_id``,
``text_body``, ``sender``, ``thread_fbid`` in answers and in ``slide_delta_processor``; public clients of
"IGDirectStoryShareReplyMutation" (``data.text``, ``send_data``) and "PolarisPostCommentInputRevampedMutation"
(``data.comment_text``, before that in ``request_data``). mautrix/instagram, ``mauigpapi/mqtt`` and ``types/mqtt.py``:
older sockets publish ``/ig_send_message`` (``action`` "send_item") and get patches to a thread's items. instagrapi and
instaloader for ``/api/v1``: ``direct_v2/threads`` (items with ``text``), ``web/comments/…/add`` (``comment_text``),
``media/…/comments``, ``media/configure`` (``caption``), ``fbsearch/web/top_serp`` (``query``).
"""

import re
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.form_post import FormPost
from detection.extract.json_documents import Json, documents
from detection.extract.json_path import at, first
from detection.extract.json_within import holding
from detection.extract.meta_socket import values
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import field, parameter, passage
from detection.observation import Channel

_QUOTED = frozenset({"replied_to_message"})
_SAID = "text.sensitive_string_value|body.sensitive_string_value|data.text"
_COMMENT = "request_data.comment_text|data.comment_text|comment_text|input.comment_text"
_ROOM = "ig_thread_igid|thread_id|recipient_igids[]|send_data.thread_id|send_data.recipient_users[]|thread_fbid"
_ITEM = re.compile(r"/direct_v2/threads/(?P<thread>\d+)/items/")
_API = r"/api/v1/"
_GRAPHQL = r"/(?:api/graphql|graphql/query)/?"
_SOCKET = r"/(?:chat|mqtt|ws/\w+)"
_QUIET = ("Typeahead", "SearchBox", "Typing", "Prefetch", "Seen", "MarkThreadAsRead", "OmniPicker")


def _sent(call: Call) -> Iterator[Passage]:
    operation = call.form.get("fb_api_req_friendly_name", "")
    found = [said for value in documents(call.form.get("variables", "")) for said in _of_variables(value)]
    if not found and not any(word in operation for word in _QUIET):
        found = list(FormPost().passages(call.message))
    yield from found


def _of_variables(value: Json) -> Iterator[Passage]:
    room = first(value, _ROOM)
    if said := passage(Channel.MESSAGE, first(value, _SAID), conversation=room):
        yield said
    if said := passage(Channel.POST, first(value, "new_title"), conversation=room):
        yield said
    about = first(value, "media_id|data.media_id|input.media_id")
    if said := passage(Channel.POST, first(value, _COMMENT), conversation=about):
        yield said


def _shown(call: Call) -> Iterator[Passage]:
    for value in call.json:
        yield from _messages(value)
        yield from _captions_and_comments(value)


def _messages(value: Json) -> Iterator[Passage]:
    """A row of the inbox has its messages without sender and thread: they are no more than a snippet."""
    for one in holding(value, "message_id", outside=_QUOTED):
        if "sender" not in one and "thread_fbid" not in one:
            continue
        said = passage(Channel.MESSAGE, first(one, "text_body|content.text_body"),
                       author=first(one, "sender.user_dict.username|sender.name|sender_fbid"),
                       conversation=first(one, "thread_fbid"))  # fmt: skip
        if said:
            yield said


def _captions_and_comments(value: Json) -> Iterator[Passage]:
    once: dict[Passage, None] = {}
    for one in holding(value, "user"):
        text = first(one, "caption.text|text")
        if said := passage(Channel.PAGE, text, author=first(one, "user.username")):
            once[said] = None
    yield from once


def _over_socket(call: Call) -> Iterator[Passage]:
    for value in values(call.path, call.message.body):
        yield from _messages(value)
        yield from _item_sent(value) if call.sent else _items_pushed(value)


def _item_sent(value: Json) -> Iterator[Passage]:
    said = passage(Channel.MESSAGE, first(value, "text|link_text"), conversation=first(value, "thread_id"))
    if said and first(value, "action") == "send_item":
        yield said


def _items_pushed(value: Json) -> Iterator[Passage]:
    """Of one who writes only the number is known."""
    for change in at(value, "[].data[]"):
        if place := _ITEM.match(first(change, "path")):
            said = passage(Channel.MESSAGE, first(change, "value.text|value.link.text"),
                           author=first(change, "value.user_id"), conversation=place["thread"])  # fmt: skip
            if said:
                yield said


def _broadcast(call: Call) -> Iterator[Passage]:
    form = call.form
    room = first(list(documents(form.get("thread_ids", ""))), "[][]") or form.get("thread_id", "")
    room = room or first(list(documents(form.get("recipient_users", ""))), "[][][]")
    if said := passage(Channel.MESSAGE, form.get("text", "") or form.get("link_text", ""), conversation=room):
        yield said


def _thread(call: Call) -> Iterator[Passage]:
    for document in call.json:
        names = {first(user, "pk|id"): first(user, "username") for user in at(document, "thread.users[]")}
        for item in at(document, "thread.items[]"):
            who = first(item, "user_id")
            said = passage(Channel.MESSAGE, first(item, "text|link.text"), author=names.get(who, who),
                           conversation=first(document, "thread.thread_id"))  # fmt: skip
            if said:
                yield said


INSTAGRAM = Service(
    name="Instagram",
    hosts=("instagram.com",),
    known=(
        known(_GRAPHQL, _sent, sent=True),
        known(_GRAPHQL, _shown, sent=False),
        silent(_GRAPHQL, when=lambda call: call.sent or '"slide_messages"' in call.text),
        known(_API + r"direct_v2/threads/broadcast/(?:text|link)/", _broadcast, sent=True),
        known(_API + r"direct_v2/threads/\d+/", _thread, sent=False),
        silent(_API + r"direct_v2/(?:inbox|pending_inbox|get_badge_count|get_presence|web_create_group_thread)/"),
        silent(_API + r"direct_v2/threads/\d+/items/\d+/seen/"),
        known(r"/(?:api/v1/)?web/comments/(?P<conversation>\d+)/add/", field(Channel.POST, "comment_text"), sent=True),
        known(_API + r"media/configure(?:_sidecar|_to_story|_to_clips)?/", field(Channel.POST, "caption"), sent=True),
        known(_API + r"(?:media/\d+/(?:comments|info)(?:/\d+/child_comments)?|feed/.+)/", _shown, sent=False),
        known(_API + r"fbsearch/web/top_serp/", parameter(Channel.SEARCH, "query"), sent=True),
        known(r"/explore/search/keyword/", parameter(Channel.SEARCH, "q"), sent=True),
        silent(_API + r"web/search/topsearch/"),
        known(_SOCKET, _over_socket, frame=True),
        silent(_SOCKET, frame=True),
        silent(r"/(?:ajax/(?:bz|qm|bootloader-endpoint)|logging_client_events|sync/instagram)/?.*", sent=True),
    ),
)  # fmt: skip
