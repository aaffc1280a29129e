"""Readers for the shapes most services share: an object for each thing said, a form's field, a search's parameter."""

import re
from collections.abc import Callable, Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_language import readable
from detection.extract.json_path import at, first
from detection.extract.language import is_short_message
from detection.extract.services.base import Reads
from detection.extract.services.call import Call
from detection.observation import Channel


def objects(channel: Channel, *, text: str, each: str = "", author: str = "", conversation: str = "") -> Reads:
    """Of every object that the path ``each`` leads to, the words under ``text``; see ``json_path`` for paths.
    ``conversation`` is looked for in the object, then in the whole document, and counts before the address's."""

    def read(call: Call) -> Iterator[Passage]:
        for document in call.json:
            for one in at(document, each):
                said = passage(channel, "\n".join(strings(one, text)), author=first(one, author),
                               conversation=first(one, conversation) or first(document, conversation)
                               or call.conversation)  # fmt: skip
                if said:
                    yield said

    return read


def together(channel: Channel, *texts: str, each: str = "", author: str = "", conversation: str = "") -> Reads:
    """The same where one thing said stands in several places of the object, such as its title and its words."""

    def read(call: Call) -> Iterator[Passage]:
        for document in call.json:
            for one in at(document, each):
                words = "\n\n".join(filter(None, (readable("\n".join(strings(one, text))) for text in texts)))
                room = first(one, conversation) or first(document, conversation) or call.conversation
                if said := passage(channel, words, author=first(one, author), conversation=room):
                    yield said

    return read


def field(channel: Channel, *names: str, conversation: str = "", author: str = "") -> Reads:
    """The first of these fields of a form that says something."""

    def read(call: Call) -> Iterator[Passage]:
        for name in names:
            room = call.form.get(conversation, "") or call.conversation
            if said := passage(channel, call.form.get(name, ""), conversation=room, author=call.form.get(author, "")):
                yield said
                return

    return read


def parameter(channel: Channel, *names: str, unless: tuple[str, ...] = ()) -> Reads:
    """The first of these parameters of the address that says something; none where one of ``unless`` is set, and not to
    0: a further page of the same, or a page's own doing."""

    def read(call: Call) -> Iterator[Passage]:
        if any(call.query.get(name, "") not in ("", "0") for name in unless):
            return
        for name in names:
            if said := passage(channel, call.query.get(name, ""), conversation=call.conversation):
                yield said
                return

    return read


def in_path(channel: Channel, path: str, *, spaces: str = "+") -> Reads:
    """The group ``words`` of the path, where each of the characters ``spaces`` stands for a space."""
    pattern, spaced = re.compile(path), str.maketrans(dict.fromkeys(spaces, " "))

    def read(call: Call) -> Iterator[Passage]:
        found = pattern.fullmatch(call.path)
        if found and (said := passage(channel, found["words"].translate(spaced), conversation=call.conversation)):
            yield said

    return read


def named(path: str, *names: str) -> Callable[[Call], bool]:
    """Whether every document in the message has one of these names under ``path``."""
    return lambda call: bool(call.json) and all(first(document, path) in names for document in call.json)


def passage(channel: Channel, text: str, *, conversation: str = "", author: str = "") -> Passage | None:
    """None where the text says nothing: an identifier, an address, nothing at all."""
    plain = readable(text)
    if not is_short_message(plain):
        return None
    return Passage(channel=channel, text=plain, conversation=conversation[:200], author=author[:200])


def strings(value: Json, path: str) -> Iterator[str]:
    """Those that the first alternative of ``path`` with any leads to."""
    for alternative in path.split("|"):
        found = [each.strip() for each in at(value, alternative) if isinstance(each, str) and each.strip()]
        if found:
            yield from found
            return
