"""What a page says and hears by a script's address: the words in its query, and the answer as a call (JSONP).

Source: Bob Ippolito, "Remote JSON – JSONP"; jQuery's documentation of ``jQuery.ajax`` (``dataType: "jsonp"``). The
address names the function that the answer calls.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from detection.extract.base import Message, Passage
from detection.extract.form_post import FormPost
from detection.extract.json_body import JsonBody
from detection.extract.media_types import FORM, JSON, PLAIN, PROGRAMS
from detection.extract.search_query import searched
from detection.observation import Channel, Direction

_CALLS_BACK = re.compile(r"[?&](?:json_?p?_?)?(?:callback|cb|jsonp)=(?P<name>[\w.$%]{1,100})(?:&|$)", re.I)
_CALL = re.compile(rb"(?:/\*.{0,40}?\*/|[\s;\xef\xbb\xbf]"
                   rb"|typeof [\w.$\[\]]{1,100} ?===? ?['\"]function['\"] ?&& ?){0,8}"
                   rb"(?P<name>[\w.$]{1,100})\s{0,4}\(", re.S)  # fmt: skip
_KINDS = PROGRAMS | PLAIN | JSON


def calls_back(url: str) -> bool:
    """Whether the address names a function to be called with the answer."""
    return "?" in url and _CALLS_BACK.search(url) is not None


class Jsonp:
    def handles(self, message: Message) -> bool:
        if message.frame or not calls_back(message.url):
            return False
        if message.direction is not Direction.SHOWN:
            return message.method == "GET" and not message.body
        return message.media_type in _KINDS and _call(message) > 0

    def passages(self, message: Message) -> Iterator[Passage]:
        if message.direction is Direction.SHOWN:
            inside = message.body[_call(message) :].rstrip(b" \t\r\n;").removesuffix(b")")
            yield from JsonBody().passages(replace(message, media_type="application/json", body=inside))
        elif words := searched(message.url):
            yield Passage(channel=Channel.SEARCH, text=words)
        else:
            query = "?" + message.url.partition("?")[2]
            form = _CALLS_BACK.sub("&", query).lstrip("?").encode("utf-8", "replace")
            yield from FormPost().passages(replace(message, media_type=FORM, body=form))


def _call(message: Message) -> int:
    """Where what the answer calls the function with begins; 0 where it calls another, or none."""
    named, call = _CALLS_BACK.search(message.url), _CALL.match(message.body[:512])
    return call.end() if named and call and call["name"].decode("latin-1") == named["name"] else 0
