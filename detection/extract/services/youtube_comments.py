"""YouTube: comments under videos, and live chat.

Source: yt-dlp/yt-dlp, ``yt_dlp/extractor/youtube/_video.py`` (comments in ``commentEntityPayload``, before that in
``commentRenderer``) and ``downloader/youtube_live_chat.py``; LuanRT/YouTube.js (``comment/create_comment`` with
``commentText``, ``live_chat/send_message`` with ``richMessage.textSegments``, ``livechat/items``).
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.services.base import Known, known, silent
from detection.extract.services.call import Call
from detection.extract.services.deeper import anywhere, joined
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel

_COMMENT = r"/youtubei/v1/comment/(?:create|update)_comment(?:_reply)?"
_SPOKEN = ("liveChatTextMessageRenderer", "liveChatPaidMessageRenderer", "liveChatMembershipItemRenderer")


def _old_comments(call: Call) -> Iterator[Passage]:
    for one in call.objects_with("commentRenderer"):
        said = passage(Channel.PAGE, _runs(one, "commentRenderer.contentText.runs[]"),
                       author=first(one, "commentRenderer.authorText.simpleText"))  # fmt: skip
        if said:
            yield said


def _sent(call: Call) -> Iterator[Passage]:
    for document in call.json:
        if said := passage(Channel.MESSAGE, joined(document, "richMessage.textSegments[].text")):
            yield said


def _live(call: Call) -> Iterator[Passage]:
    for action in call.objects_with("addChatItemAction"):
        for item in (each for name in _SPOKEN for each in at(action, f"addChatItemAction.item.{name}")):
            said = passage(Channel.MESSAGE, _runs(item, "message.runs[]"),
                           author=first(item, "authorName.simpleText"))  # fmt: skip
            if said:
                yield said


def _runs(value: Json, path: str) -> str:
    """Words and, between them, emojis: the sign itself, or the short name of a channel's own."""
    return "".join(_run(run) for run in at(value, path)).strip()


def _run(run: Json) -> str:
    if next(at(run, "emoji"), None):
        return first(run, "emoji.shortcuts[]" if any(at(run, "emoji.isCustomEmoji")) else "emoji.emojiId")
    return next((text for text in at(run, "text") if isinstance(text, str)), "")


KNOWN: tuple[Known, ...] = (
    known(_COMMENT, objects(Channel.POST, text="commentText|replyText"), sent=True),
    silent(_COMMENT, sent=False),
    known(r"/youtubei/v1/(?:next|browse)", anywhere(Channel.PAGE, "commentEntityPayload",
          text="commentEntityPayload.properties.content.content",
          author="commentEntityPayload.author.displayName"), sent=False),
    known(r"/youtubei/v1/(?:next|browse)", _old_comments, sent=False),
    known(r"/youtubei/v1/live_chat/send_message", _sent, sent=True),
    silent(r"/youtubei/v1/live_chat/send_message", sent=False),
    known(r"/youtubei/v1/live_chat/get_live_chat(?:_replay)?", _live, sent=False),
    silent(r"/youtubei/v1/live_chat/.*"),
)  # fmt: skip
