"""Read JSON a stranger wrote: fields are asked for by name and type, and what is wrong is said without its content."""

import json
import math
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import NoReturn, TypeVar

from detection.storable import storable

_LARGEST = 2**53
"""Beyond this, JSON readers disagree about whole numbers."""
E = TypeVar("E", bound=StrEnum)


class WireError(ValueError):
    """JSON that is not what the contract says; the message names the field, never its content."""


class JsonObject:
    """A JSON object. Unknown fields are ignored; a missing one, a wrong type or an unknown value is a WireError."""

    def __init__(self, value: object, path: str = "") -> None:
        if not isinstance(value, dict):
            raise WireError(f"{path or 'payload'}: must be an object")
        self._value: dict[str, object] = value
        self._prefix = f"{path}." if path else ""

    def is_null(self, name: str) -> bool:
        """Present and null; a missing field is an error."""
        if name not in self._value:
            self._wrong(name, "is missing")
        return self._value[name] is None

    def names(self) -> tuple[str, ...]:
        """Of all fields, where they are what is told."""
        return tuple(self._value)

    def value(self, name: str) -> object:
        """As it stands, for a reader of its own; None where it is missing."""
        return self._value.get(name)

    def text(self, name: str) -> str:
        value = self._value.get(name)
        return storable(value) if isinstance(value, str) else self._wrong(name, "must be a text")

    def optional_text(self, name: str) -> str | None:
        return None if self.is_null(name) else self.text(name)

    def later_text(self, name: str) -> str:
        """A field the contract has got since; empty where an older program does not say it."""
        return self.text(name) if name in self._value else ""

    def whole(self, name: str) -> int:
        value = self._value.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST:
            self._wrong(name, "must be a whole number")
        return value

    def number(self, name: str) -> float:
        value = self._value.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < math.inf:
            self._wrong(name, "must be a number")
        return float(value) if abs(value) <= _LARGEST else self._wrong(name, "is too large a number")

    def optional_number(self, name: str) -> float | None:
        return None if self.is_null(name) else self.number(name)

    def truth(self, name: str) -> bool:
        value = self._value.get(name)
        return value if isinstance(value, bool) else self._wrong(name, "must be true or false")

    def time(self, name: str) -> datetime:
        return parse_time(self.text(name), f"{self._prefix}{name}")

    def enum(self, name: str, kind: type[E]) -> E:
        return self._one_of(kind, self.text(name), name)

    def enums(self, name: str, kind: type[E]) -> frozenset[E]:
        return frozenset(self._one_of(kind, text, name) for text in self.texts(name))

    def part(self, name: str) -> "JsonObject":
        return JsonObject(self._value.get(name), f"{self._prefix}{name}")

    def later_part(self, name: str) -> "JsonObject | None":
        """A part that came to the contract later: who does not know it leaves it out, which says the same as null."""
        return None if self._value.get(name) is None else self.part(name)

    def parts(self, name: str) -> "list[JsonObject]":
        return [JsonObject(item, f"{self._prefix}{name}[{i}]") for i, item in enumerate(self._list(name))]

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self._all_texts(name, self._list(name)))

    def text_by_text(self, name: str) -> dict[str, str]:
        value = self._value.get(name)
        if not isinstance(value, dict):
            self._wrong(name, "must be an object")
        return dict(zip(map(storable, value), self._all_texts(name, value.values()), strict=True))

    def _list(self, name: str) -> list[object]:
        value = self._value.get(name)
        return value if isinstance(value, list) else self._wrong(name, "must be a list")

    def _all_texts(self, name: str, items: Iterable[object]) -> list[str]:
        return [
            storable(item) if isinstance(item, str) else self._wrong(name, "must hold texts only") for item in items
        ]

    def _one_of(self, kind: type[E], text: str, name: str) -> E:
        try:
            return kind(text)
        except ValueError:
            self._wrong(name, "unknown value")

    def _wrong(self, name: str, what: str) -> NoReturn:
        # Raised bare: a cause would carry the value into a log's traceback.
        raise WireError(f"{self._prefix}{name}: {what}") from None


def read_object(payload: bytes) -> JsonObject:
    try:
        value = json.loads(payload)
    except (ValueError, RecursionError):
        raise WireError("the payload is not JSON") from None
    return JsonObject(value)


def parse_time(value: str, what: str) -> datetime:
    """RFC 3339 with a zone, as UTC, or WireError."""
    try:
        at = datetime.fromisoformat(value)
        utc = at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise WireError(f"{what}: is not a time") from None
    if at.tzinfo is None:
        raise WireError(f"{what}: has no time zone")
    return utc
