"""A table of a policy, its fields asked for by name: what is wrong is said with its place, and what would do."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any, NoReturn, TypeVar

from detection.storable import storable

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
T = TypeVar("T")


class PolicyError(ValueError):
    """What is wrong with a policy, and where."""


class Fields:
    """``known``: all that may be there, where whoever wrote it is to hear of anything else; a device ignores what an
    appliance newer than itself says. A field that is missing is the ``plain`` one."""

    def __init__(self, value: Any, where: str, known: tuple[str, ...] | None = None) -> None:
        if not isinstance(value, dict):
            raise PolicyError(f"{where or 'the policy'}: must be a table")
        self.said: dict[str, Any] = value
        self._prefix = f"{where}." if where else ""
        if unknown := [str(name) for name in value if known is not None and name not in known]:
            self.refuse(unknown[0], f"is not known here; known: {', '.join(sorted(known or ()))}")

    def refuse(self, name: str, what: str) -> NoReturn:
        raise PolicyError(f"{self._prefix}{name}: {what}") from None

    def where(self, name: str) -> str:
        return f"{self._prefix}{name}"

    def truth(self, name: str, plain: bool) -> bool:
        value = self.said.get(name, plain)
        return value if isinstance(value, bool) else self.refuse(name, "must be true or false")

    def whole(self, name: str, plain: int, least: int, most: int) -> int:
        value = self.said.get(name, plain)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.refuse(name, f"must be a whole number from {least} to {most}")
        return value

    def text(self, name: str, longest: int, plain: str | None = None) -> str:
        """Without a ``plain`` one it must be there."""
        value = self.said.get(name, plain)
        if not isinstance(value, str) or len(value) > longest:
            self.refuse(name, f"must be a text of at most {longest} letters")
        return storable(value)

    def made(self, name: str, longest: int, make: Callable[[str], T], what: str) -> T:
        """Out of a text."""
        text = self.text(name, longest)
        try:
            return make(text)
        except (ValueError, OSError, KeyError) as e:  # a zone that is not known is a KeyError, or names a folder
            self.refuse(name, what.format(text=text, error=e))

    def listed(self, name: str) -> list[Any]:
        value = self.said.get(name, [])
        return value if isinstance(value, list) else self.refuse(name, "must be a list")

    def clock(self, name: str) -> str:
        value = self.said.get(name)
        if not isinstance(value, str) or not (_CLOCK.fullmatch(value) or value == "24:00"):
            self.refuse(name, "must be a time such as 08:30")
        return value

    def day(self, name: str) -> date:
        return self.made(name, 10, date.fromisoformat, "must be a day such as 2026-12-19")


def moment(clock: str) -> time:
    """Of a day; the day's end is midnight."""
    return time.min if clock == "24:00" else time.fromisoformat(clock)
