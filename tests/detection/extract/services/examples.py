"""What each named service's messages look like, and what is read of them: one TOML file a service, written by us in the
shape its source describes. Also what benchmarks/readers.py goes by."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detection.extract.base import Message, Passage
from detection.extract.edit import Edit
from detection.extract.header_body import body_header, body_of
from detection.observation import Channel, Direction

FOLDER = Path(__file__).with_name("examples")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    service: str
    """Its module's name."""
    what: str
    message: Message
    reads: tuple[Passage, ...]


def examples() -> list[Example]:
    return [each for file in sorted(FOLDER.glob("*.toml")) for each in of_text(file.stem, file.read_text("utf-8"))]


def of_text(service: str, text: str) -> list[Example]:
    """``[[message]]`` with ``what``, ``url``, ``method`` (GET), ``type``, ``charset``, ``body``, ``hex`` or ``header``
    (the value of the service's ``body_header``), ``action`` (of its ``action_header``), ``sent``, ``frame`` (both
    false), ``reads`` (channel, text, conversation, author, app, ``edits`` as [at, text, removed])."""
    return [_example(service, row) for row in tomllib.loads(text)["message"]]


def _example(service: str, row: dict[str, object]) -> Example:
    body = bytes.fromhex(str(row["hex"])) if "hex" in row else str(row.get("body", "")).encode()
    if "header" in row:
        assert body_header(str(row["url"])), f"{service}, {row['what']}: its service reads no header"
        body = body_of(str(row["header"]))
    message = Message(
        url=str(row["url"]),
        method=str(row.get("method", "GET")),
        media_type=str(row.get("type", "")),
        charset=str(row.get("charset", "")),
        body=body,
        direction=Direction.WRITTEN if row.get("sent") else Direction.SHOWN,
        frame=bool(row.get("frame")),
        action=str(row.get("action", "")),
    )
    reads = row["reads"]
    assert isinstance(reads, list), f"{service}, {row['what']}: reads must be a list"
    return Example(service=service, what=str(row["what"]), message=message, reads=tuple(map(_passage, reads)))


def _passage(row: dict[str, Any]) -> Passage:
    return Passage(channel=Channel(row["channel"]), text=row["text"], conversation=row.get("conversation", ""),
                   author=row.get("author", ""), app=row.get("app", ""),
                   edits=tuple(Edit(*edit) for edit in row.get("edits", ())))  # fmt: skip
