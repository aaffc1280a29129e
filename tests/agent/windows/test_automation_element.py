from dataclasses import dataclass, field

import pytest

from agent.windows.automation_element import (
    IS_READ_ONLY,
    TEXT_PATTERN,
    VALUE_PATTERN,
    AutomationElement,
    Pattern,
    Raw,
)
from agent.windows.elements import EDIT


class GoneError(Exception):
    """As comtypes raises for a window that was closed."""


@dataclass
class Range:
    said: str
    read_only: object

    def GetText(self, longest: int) -> str:
        return self.said[:longest]

    def GetAttributeValue(self, attribute: int) -> object:
        assert attribute == IS_READ_ONLY
        return self.read_only


@dataclass
class Patterns:
    CurrentValue: str = ""
    CurrentIsReadOnly: int = 0
    DocumentRange: Range = field(default_factory=lambda: Range("", None))


@dataclass
class Shown:
    CurrentName: str = "Message"
    CurrentControlType: int = EDIT
    CurrentIsPassword: int = 0
    CurrentIsOffscreen: int = 0

    def GetRuntimeId(self) -> tuple[int, ...]:
        return (42, 7)


class Gone:
    def __getattr__(self, name: str) -> object:
        raise GoneError(name)


class Tree:
    error: type[Exception] = GoneError

    def __init__(self, *siblings: Raw, patterns: dict[int, Patterns] | None = None) -> None:
        self._siblings, self._patterns = siblings, patterns or {}

    def pattern(self, raw: Raw, number: int) -> Pattern | None:
        return self._patterns.get(number)

    def parent(self, raw: Raw) -> Raw | None:
        return self._siblings[0] if self._siblings else None

    def first(self, raw: Raw) -> Raw | None:
        return self._siblings[0] if self._siblings else None

    def next(self, raw: Raw) -> Raw | None:
        at = [id(each) for each in self._siblings].index(id(raw)) + 1
        return self._siblings[at] if at < len(self._siblings) else None


def test_what_the_system_says_is_passed_on() -> None:
    value = Patterns(CurrentValue="The Nile")
    text = Patterns(DocumentRange=Range("The Nile is long", False))
    element = AutomationElement(Shown(), Tree(patterns={VALUE_PATTERN: value, TEXT_PATTERN: text}))
    assert (element.key, element.kind, element.name) == ("42.7", EDIT, "Message")
    assert (element.is_password, element.is_off_screen, element.can_be_written) == (False, False, True)
    assert (element.value(), element.text(8)) == ("The Nile", "The Nile")


@pytest.mark.parametrize(
    ("patterns", "writable"),
    [
        ({VALUE_PATTERN: Patterns(CurrentIsReadOnly=1), TEXT_PATTERN: Patterns(DocumentRange=Range("", False))}, False),
        ({TEXT_PATTERN: Patterns(DocumentRange=Range("", False))}, True),
        ({TEXT_PATTERN: Patterns(DocumentRange=Range("", True))}, False),
        ({TEXT_PATTERN: Patterns(DocumentRange=Range("", object()))}, False),
        ({}, False),
    ],
)
def test_only_what_says_so_can_be_written(patterns: dict[int, Patterns], writable: bool) -> None:
    assert AutomationElement(Shown(), Tree(patterns=patterns)).can_be_written is writable


def test_a_window_that_is_gone_says_nothing_and_counts_as_secret() -> None:
    element = AutomationElement(Gone(), Tree())  # type: ignore[arg-type]
    assert (element.key, element.kind, element.name) == ("", 0, "")
    assert element.is_password
    assert element.is_off_screen
    assert not element.can_be_written
    assert (element.value(), element.text(5), element.parent(), list(element.children())) == (None, None, None, [])


def test_neighbours_are_walked_one_by_one() -> None:
    one, two = Shown(CurrentName="one"), Shown(CurrentName="two")
    element = AutomationElement(Shown(), Tree(one, two))
    assert [child.name for child in element.children()] == ["one", "two"]
    parent = element.parent()
    assert parent
    assert parent.name == "one"
