"""YouTube: comments under videos, and the posts of channels.

Source: yt-dlp/yt-dlp, ``yt_dlp/extractor/youtube/_video.py`` (comments in ``commentEntityPayload``, before that in
``commentRenderer``); LuanRT/YouTube.js, ``core/endpoints/comment`` (``comment/create_comment`` with ``commentText``),
``core/managers/PostManager.ts`` (``backstage/create_post``; a post's choices for a vote or a quiz) and
``parser/classes/BackstagePost.ts`` (what is shown of one); b5i/YouTubeKit, ``VideoCommentsResponse.swift`` (the
addresses for replies and changes).
"""

from collections.abc import Callable, Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.services.base import Known, known, silent
from detection.extract.services.call import Call
from detection.extract.services.deeper import anywhere
from detection.extract.services.shapes import objects, passage, together
from detection.observation import Channel

_COMMENT = r"/youtubei/v1/comment/(?:create|update)_comment(?:_reply)?"
_POST = r"/youtubei/v1/backstage/create_post"
_CHOICES = ("pollAttachment.choices[]|pollAttachmentData.options[].text"
            "|quizAttachmentData.options[].pollOption.text")  # fmt: skip


def _rendered(key: str) -> Callable[[Call], Iterator[Passage]]:
    def read(call: Call) -> Iterator[Passage]:
        for one in call.objects_with(key):
            author = first(one, f"{key}.authorText.simpleText") or runs(one, f"{key}.authorText.runs[]")
            if said := passage(Channel.PAGE, runs(one, f"{key}.contentText.runs[]"), author=author):
                yield said

    return read


_OLD_COMMENTS, _POSTS = _rendered("commentRenderer"), _rendered("backstagePostRenderer")


def _old_comments_and_posts(call: Call) -> Iterator[Passage]:
    yield from _OLD_COMMENTS(call)
    yield from _POSTS(call)


def runs(value: Json, path: str) -> str:
    """The stretches of a text that ``path`` leads to: words and, between them, emojis, of which the sign itself, or the
    short name of a channel's own."""
    return "".join(_run(run) for run in at(value, path)).strip()


def _run(run: Json) -> str:
    if next(at(run, "emoji"), None):
        return first(run, "emoji.shortcuts[]" if any(at(run, "emoji.isCustomEmoji")) else "emoji.emojiId")
    return next((text for text in at(run, "text") if isinstance(text, str)), "")


KNOWN: tuple[Known, ...] = (
    known(_COMMENT, objects(Channel.POST, text="commentText|replyText"), sent=True),
    known(_POST, together(Channel.POST, "commentText", _CHOICES), sent=True),
    silent(f"{_COMMENT}|{_POST}", sent=False),
    known(r"/youtubei/v1/(?:next|browse)", anywhere(Channel.PAGE, "commentEntityPayload",
          text="commentEntityPayload.properties.content.content",
          author="commentEntityPayload.author.displayName"), sent=False),
    known(r"/youtubei/v1/(?:next|browse)", _old_comments_and_posts, sent=False),
)  # fmt: skip
