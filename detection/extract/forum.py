"""Where a forum, a comment form or a message to somebody says what it belongs to: the thread, or the recipient.

Such software runs on any host. Source: what the forms of Discourse, phpBB, vBulletin, MyBB, SMF, XenForo, NodeBB,
Moodle, WordPress and Stack Exchange send, by their own published source code or interface references; GitHub's REST
reference.
"""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote, urlsplit

from detection.extract.json_documents import Json

THREADS = ("topic_id", "topicid", "topic", "tid", "t", "thread_id", "threadid", "discussion_id", "discussion",
           "comment_post_id", "post_id", "issue", "question_id")  # fmt: skip
"""Names of a field with the thread's number, the surest first."""
_COMMENTED = ("post", "parent", "parent_id", "topid", "toPid")
"""Numbers that say so beside a comment only."""
RECIPIENTS = ("target_recipients", "target_usernames", "recipients", "recipient")
_ADDRESSED = re.compile(r"address_list\[[ug]\]\[(\d+)\]")
_NUMBER = re.compile(r"\d{1,12}")
_SHORT = frozenset({"t", "topic", "issue"})
"""Such names stand for other things too: a time has more digits than any forum has threads."""
_SHORT_NUMBER = 9
"""Digits."""
_IN_PATH = re.compile(
    r"/(?:t|topics?|threads|discussions?|issues|pulls?|questions|merge_requests|tickets|posts|node|articles)"
    r"/(?:[\w.-]{1,200}/)??(?:[\w-]{1,200}\.)?(\d{1,12})(?:\.json)?(?=/|$)"
)
_REPLIES = re.compile(r"/(?:add-reply|add-comment|reply|comments?|answers?/submit|answer/submit)/?$")
_BUTTON = re.compile(r"(?:submit|button|btn)$", re.I)
_BUTTONS = frozenset({"submit", "post", "reply", "send", "save", "preview", "publish", "post reply", "add reply"})
"""What stands on a button; sent under the button's name, which may be anything."""


def thread_of(fields: Mapping[str, Json]) -> str:
    """The number of the thread that something written goes to; empty if none is named."""
    folded = {name.casefold(): value for name, value in fields.items()}
    numbers = ((name, _number(folded[name])) for name in THREADS if name in folded)
    return next((n for name, n in numbers if n and not (name in _SHORT and len(n) > _SHORT_NUMBER)), "")


def commented_on(fields: Mapping[str, Json]) -> str:
    """Also by names that mean it only beside a comment's words."""
    return thread_of(fields) or next((n for name in _COMMENTED if (n := _number(fields.get(name)))), "")


def thread_in(url: str) -> str:
    """The number of the thread in an address."""
    try:
        address = urlsplit(url)
        query = parse_qsl(address.query, max_num_fields=100)
    except ValueError:
        return ""
    found = _IN_PATH.search(unquote(address.path))
    return found[1] if found else thread_of(dict(reversed(query)))


def is_reply(url: str) -> bool:
    """Whether an address takes answers in a thread that all may read."""
    try:
        return _REPLIES.search(urlsplit(url).path) is not None
    except ValueError:
        return False


def recipient_of(fields: Mapping[str, str]) -> str:
    """Who a private message of a forum goes to."""
    named = next((value for name in RECIPIENTS if (value := fields.get(name, "").strip())), "")
    return named or next((found[1] for name in fields if (found := _ADDRESSED.fullmatch(name))), "")


def is_recipient(name: str) -> bool:
    return name in RECIPIENTS or _ADDRESSED.fullmatch(name) is not None


def is_button(name: str, value: str) -> bool:
    return _BUTTON.search(name) is not None or value.strip().casefold() in _BUTTONS


def _number(value: Json) -> str:
    """“0” is none, and “812.0” is a place in thread 812."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        return ""
    number = text.strip().removesuffix(".0")
    return number if _NUMBER.fullmatch(number) and number.strip("0") else ""
