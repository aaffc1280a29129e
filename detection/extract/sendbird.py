"""What is said over Sendbird, which carries the chats of many apps: a command's four letters, then its JSON.

Source: TextsHQ/platform-reddit, ``src/lib/real-time/sendbird.ts``; j-hc/Reddit_ChatBot_Python, ``_utils/ws_utils.py``
and ``_utils/frame_model.py``. What is sent is ``MESG{"channel_url", "message", "data", "mention_type", "req_id"}``;
what comes has the same and ``user`` with its ``nickname`` or ``name``. ``MEDI`` changes a message, ``BRDM`` comes
from the app. ``data`` is the app's own, often the same words once more.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from detection.extract.base import Passage
from detection.extract.json_body import passages_of
from detection.extract.json_documents import documents
from detection.extract.json_language import Carrier, readable
from detection.extract.json_path import first
from detection.extract.language import is_short_message
from detection.observation import Channel

_SAID = re.compile(r"(?:MESG|MEDI|BRDM)(?=\{)")


def is_sendbird(line: str) -> bool:
    return _SAID.match(line) is not None


def said_over_sendbird(line: str, carrier: Carrier) -> Iterator[Passage]:
    for message in documents(line[4:]):
        room = first(message, "channel_url")[:200]
        inside = replace(carrier, conversation=room or carrier.conversation)
        words = readable(first(message, "message"))
        if not is_short_message(words):
            yield from passages_of([message], inside)
            continue
        author = "" if carrier.written else first(message, "user.nickname|user.name")[:200]
        yield Passage(channel=Channel.MESSAGE, text=words, conversation=inside.conversation, author=author)
        yield from (more for more in passages_of(documents(first(message, "data")), inside) if more.text != words)
