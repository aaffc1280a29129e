"""Steam: comments on profiles and in its community, and chat with friends and in groups.

Source: DoctorMcKay/node-steamcommunity, ``components/users.js`` and ``components/sharedfiles.js``: a comment is posted
to ``/comment/<kind>/post/<whose>/…`` as the form's ``comment``; ``/comment/<kind>/render/<whose>/…``
(``getUserComments``) answers with ``comments_html``, the comments with their authors as markup. ValvePython/steam,
``protobufs/steammessages_friendmessages.proto``: of ``SendMessage`` 1 is the friend, 2 the kind, 3 the words; of
``IncomingMessage`` 1, 2 and 4 (8 without markup), 7 says that it is an echo. ``steammessages_chat.proto``: of
``SendChatMessage`` 2 is the chat, 3 the words; of ``NotifyIncomingChatMessage`` 2, 3 is who, 4 the words (9 without
markup). Of earlier messages each is in field 1: 1 who, 3 the words. The framing is in ``steam_frames``.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import field, objects, passage
from detection.extract.steam_frames import Fields, fields, jobs, number_of, text_of
from detection.observation import Channel

_COMMENT = r"/comment/\w+/{what}/(?P<conversation>\d+)(?:/-?\d+)*/?"
_SAID, _IN_PERSON = 1, 76561197960265728
"""A friend's message that is one (the others say that somebody types); what makes an account's number a Steam ID."""


def _chat(call: Call) -> Iterator[Passage]:
    for name, body in jobs(call.message.body):
        job = name.partition("#")[0]
        if call.sent:
            yield from _written(job, body)
        else:
            yield from _shown(job, body)


def _written(job: str, body: Fields) -> Iterator[Passage]:
    if job == "FriendMessages.SendMessage" and number_of(body, 2) == _SAID:
        yield from _said(text_of(body, 3), room=number_of(body, 1))
    elif job == "ChatRoom.SendChatMessage":
        yield from _said(text_of(body, 3), room=number_of(body, 2))


def _shown(job: str, body: Fields) -> Iterator[Passage]:
    """What the person writes elsewhere comes back as an echo (7) and is left out."""
    if job == "FriendMessagesClient.IncomingMessage" and number_of(body, 2) == _SAID and not number_of(body, 7):
        friend = number_of(body, 1)
        yield from _said(text_of(body, 8, 4), room=friend, author=friend)
    elif job == "ChatRoomClient.NotifyIncomingChatMessage":
        yield from _said(text_of(body, 9, 4), room=number_of(body, 2), author=number_of(body, 3))
    elif job in ("FriendMessages.GetRecentMessages", "ChatRoom.GetMessageHistory"):
        for each in body.get(1, []):
            message = fields(each) if isinstance(each, bytes) else {}
            yield from _said(text_of(message, 3), author=number_of(message, 1) + _IN_PERSON)


def _said(text: str, *, room: int = 0, author: int = 0) -> Iterator[Passage]:
    if said := passage(Channel.MESSAGE, text, conversation=str(room or ""), author=str(author or "")):
        yield said


STEAM = Service(
    name="Steam",
    hosts=("steamcommunity.com", "steampowered.com", "steamserver.net"),
    known=(
        known(_COMMENT.format(what="post"), field(Channel.POST, "comment"), sent=True, host="steamcommunity.com"),
        silent(_COMMENT.format(what="post"), sent=False, host="steamcommunity.com"),
        known(_COMMENT.format(what="render"), objects(Channel.PAGE, text="comments_html"), sent=False,
              host="steamcommunity.com"),
        known(r"/cmsocket/", _chat, frame=True),
        silent(r"/cmsocket/", frame=True),
    ),
)  # fmt: skip
