"""Tell what is written to a helpline by mail from a web page: nobody else is among its recipients."""

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

from detection.extract.base import Message
from detection.extract.media_types import FORM, is_json
from detection.extract.multipart import parts
from detection.helplines import is_helpline
from detection.observation import Direction

_ADDRESS = re.compile(r"[\w.+%-]+@([\w-]+(?:\.[\w-]+)+)")
_DOMAIN = re.compile(rb"(?:@|%40)([A-Za-z0-9.-]+)")
_TO = frozenset({"to", "cc", "bcc", "recipient", "recipients", "torecipients", "ccrecipients", "bccrecipients"})
_MOST_BYTES = 1 << 20
_MOST_FIELDS = 500
_DEEPEST = 40


def is_to_a_helpline(message: Message) -> bool:
    """Where it cannot be told whom a message is for, it is for somebody else."""
    body = message.body
    if message.direction is Direction.SHOWN or len(body) > _MOST_BYTES or not _names_one(body):
        return False
    hosts = [host for written in _recipients(message) for host in _ADDRESS.findall(written)]
    return bool(hosts) and all(map(is_helpline, hosts))


def _names_one(body: bytes) -> bool:
    """Cheap, and true of hardly any message."""
    return any(is_helpline(domain.decode()) for domain in _DOMAIN.findall(body))


def _recipients(message: Message) -> Iterator[str]:
    try:
        if is_json(message.media_type):
            yield from _below(json.loads(message.body), within=False, depth=0)
        elif message.media_type == FORM:
            fields = parse_qsl(message.body.decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS)
            yield from (value for name, value in fields if _is_to(name))
        elif message.media_type.startswith("multipart/"):
            for part in parts(message.body):
                if _is_to(part.name):
                    yield message.body[part.start : part.end].decode("utf-8", "replace")
    except (ValueError, RecursionError):
        return


def _below(value: object, *, within: bool, depth: int) -> Iterator[str]:
    """Every text under a name that stands for recipients."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str) and within:
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _below(inner, within=within or _is_to(str(name)), depth=depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _below(inner, within=within, depth=depth + 1)


def _is_to(name: str) -> bool:
    return name.rstrip("[]").replace("_", "").replace("-", "").lower() in _TO
