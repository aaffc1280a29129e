"""Slack: messages sent, listed and pushed, and what was searched for.

Source: Slack's API documentation (docs.slack.dev): methods "chat.postMessage", "chat.update", "conversations.history",
"conversations.replies", "search.messages", the "rich_text" block, "Formatting text for app surfaces" (the marks in
``text``) and the "message" event of the RTM API. That the web client sends the same methods as multipart forms with a
``token``, and searches with "search.modules" and the kind of what it looks for: rusq/slackdump, ``internal/edge``.
"""

import html
import re
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json, documents
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import field, passage
from detection.observation import Channel

_MARK = re.compile(r"<(?P<what>[@#!]?)(?P<address>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_NOTICES = frozenset({
    "channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name", "channel_archive",
    "group_join", "group_leave", "bot_add", "pinned_item", "message_deleted", "tombstone",
})  # fmt: skip
"""Subtypes of messages that Slack writes itself."""
_TEXT_OF = {"text": "text", "link": "text|url", "emoji": "name", "broadcast": "range"}
_API = r"/api/"


def _sent(call: Call) -> Iterator[Passage]:
    """As a form, or as JSON as an app sends it; the words as blocks, as ``text``, or as both."""
    fields: list[Json] = [{**call.form, "blocks": list(documents(call.form.get("blocks", "")))}] if call.form else []
    for one in fields or call.json:
        words = _of_blocks(one) or _plain(first(one, "text|initial_comment"))
        if said := passage(Channel.MESSAGE, words, conversation=first(one, "channel|channel_id|channels")):
            yield said


def _listed(call: Call) -> Iterator[Passage]:
    for document in call.json:
        for one in at(document, "messages[]"):
            yield from _of_message(one, call.conversation)


def _found(call: Call) -> Iterator[Passage]:
    for document in call.json:
        for path in ("messages.matches[]", "items[].messages[]"):
            for one in at(document, path):
                yield from _of_message(one, "")


def _pushed(call: Call) -> Iterator[Passage]:
    for document in call.json:
        if first(document, "type") == "message":
            changed = first(document, "subtype") == "message_changed"
            for one in at(document, "message" if changed else ""):
                yield from _of_message(one, first(document, "channel"))


def _of_message(one: Json, conversation: str) -> Iterator[Passage]:
    if first(one, "subtype") in _NOTICES:
        return
    said = passage(Channel.MESSAGE, _plain(first(one, "text")) or _of_blocks(one),
                   author=first(one, "user_profile.real_name|username|user"),
                   conversation=first(one, "channel.id|channel") or conversation)  # fmt: skip
    if said:
        yield said


def _of_blocks(one: Json) -> str:
    """A rich text is sections (or lists of them) of elements, each with its own kind of words."""
    lines = []
    for path in ("blocks[].elements[]", "blocks[][].elements[]", "blocks[].elements[].elements[]",
                 "blocks[][].elements[].elements[]"):  # fmt: skip
        for section in at(one, path):
            words = [first(piece, _TEXT_OF.get(first(piece, "type"), "")) for piece in at(section, "elements[]")]
            if "".join(words).strip():
                lines.append(" ".join(filter(None, words)))
    return "\n".join(lines)


def _plain(text: str) -> str:
    """``<https://a.example|the page> &amp; <@U7>`` as it is shown: names of people are not known here."""
    return html.unescape(_MARK.sub(_shown, text))


def _shown(mark: re.Match[str]) -> str:
    return mark["label"] or {"@": "", "#": "", "!": f"@{mark['address']}"}.get(mark["what"], mark["address"])


SLACK = Service(
    name="Slack",
    hosts=("slack.com",),
    known=(
        known(_API + r"(?:chat\.(?:postMessage|postEphemeral|update|scheduleMessage|meMessage)"
              r"|files\.(?:upload|share|completeUploadExternal))", _sent, sent=True),
        known(_API + r"conversations\.(?:history|replies|view)", _listed, sent=False),
        known(_API + r"search\.(?:messages|all|files|modules(?:\.\w+)?)", field(Channel.SEARCH, "query"), sent=True),
        known(_API + r"search\.(?:messages|all|modules(?:\.messages)?)", _found, sent=False),
        known(r"/.*", _pushed, sent=False, frame=True),
        silent(r"/.*", frame=True, when=lambda call: call.sent or call.text.lstrip().startswith("{")),
        silent(_API + r"(?:drafts\.\w+|search\.(?:autocomplete|inline|precache)\w*|eventlog\.\w+|client\.counts)"),
        silent(r"/(?:clog/track|traces/v1/list_of_spans/proto|beacon/\w+)/?", sent=True),
    ),
)  # fmt: skip
