"""One element of a window, as UI Automation tells of it, in the words of ``Element``."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Protocol, TypeVar

from agent.windows.elements import Element

VALUE_PATTERN, TEXT_PATTERN, IS_READ_ONLY = 10002, 10014, 40015
"""As UIAutomationClient.h numbers them."""
Answer = TypeVar("Answer")


class TextRange(Protocol):
    """Names are the system's own, here and below."""

    def GetText(self, longest: int) -> str: ...

    def GetAttributeValue(self, attribute: int) -> object: ...


class Pattern(Protocol):
    """Either of the two; which of them ``Raw.pattern`` was asked for decides what it has."""

    @property
    def CurrentValue(self) -> str: ...
    @property
    def CurrentIsReadOnly(self) -> int: ...
    @property
    def DocumentRange(self) -> TextRange: ...


class Raw(Protocol):
    """An ``IUIAutomationElement``, but for the patterns and the neighbours, which need more than itself."""

    @property
    def CurrentName(self) -> str: ...
    @property
    def CurrentControlType(self) -> int: ...
    @property
    def CurrentIsPassword(self) -> int: ...
    @property
    def CurrentIsOffscreen(self) -> int: ...

    def GetRuntimeId(self) -> tuple[int, ...]: ...


class Tree(Protocol):
    """What is asked beside the element itself. ``error`` is what comtypes raises for a program that is gone."""

    error: type[Exception]

    def pattern(self, raw: Raw, number: int) -> Pattern | None: ...

    def parent(self, raw: Raw) -> Raw | None: ...

    def first(self, raw: Raw) -> Raw | None: ...

    def next(self, raw: Raw) -> Raw | None: ...


class AutomationElement:
    """An ``Element`` of a live window: each answer may fail, for the window may close at any time."""

    def __init__(self, raw: Raw, tree: Tree) -> None:
        self._raw, self._tree = raw, tree

    @property
    def key(self) -> str:
        return self._asked(lambda: ".".join(map(str, self._raw.GetRuntimeId())), "")

    @property
    def kind(self) -> int:
        return self._asked(lambda: int(self._raw.CurrentControlType), 0)

    @property
    def name(self) -> str:
        return self._asked(lambda: self._raw.CurrentName or "", "")

    @property
    def is_password(self) -> bool:
        return self._asked(lambda: bool(self._raw.CurrentIsPassword), True)

    @property
    def is_off_screen(self) -> bool:
        return self._asked(lambda: bool(self._raw.CurrentIsOffscreen), True)

    @property
    def can_be_written(self) -> bool:
        """By its value where it has one; else by its text, which must say outright that it is not read-only."""
        return self._asked(self._is_writable, False)

    def value(self) -> str | None:
        pattern = self._pattern(VALUE_PATTERN)
        return self._asked(lambda: pattern.CurrentValue or "", None) if pattern else None

    def text(self, most: int) -> str | None:
        pattern = self._pattern(TEXT_PATTERN)
        return self._asked(lambda: pattern.DocumentRange.GetText(most) or "", None) if pattern else None

    def parent(self) -> Element | None:
        found = self._asked(lambda: self._tree.parent(self._raw), None)
        return AutomationElement(found, self._tree) if found else None

    def children(self) -> Iterator[Element]:
        raw = self._asked(lambda: self._tree.first(self._raw), None)
        while raw:
            yield AutomationElement(raw, self._tree)
            raw = self._asked(partial(self._tree.next, raw), None)

    def _is_writable(self) -> bool:
        if by_value := self._tree.pattern(self._raw, VALUE_PATTERN):
            return not by_value.CurrentIsReadOnly
        by_text = self._tree.pattern(self._raw, TEXT_PATTERN)
        return by_text is not None and by_text.DocumentRange.GetAttributeValue(IS_READ_ONLY) is False

    def _pattern(self, number: int) -> Pattern | None:
        return self._asked(lambda: self._tree.pattern(self._raw, number), None)

    def _asked(self, question: Callable[[], Answer], otherwise: Answer) -> Answer:
        with suppress(self._tree.error, OSError, ValueError):  # comtypes: a null pointer is a ValueError
            return question()
        return otherwise
