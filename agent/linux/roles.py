"""What AT-SPI's numbers mean, as far as they are used here (at-spi2-core's atspi-constants.h)."""

from collections.abc import Iterable
from enum import IntEnum


class Role(IntEnum):
    FRAME = 23
    IMAGE = 27
    LABEL = 29
    LIST_ITEM = 32
    PASSWORD_TEXT = 40
    TABLE_CELL = 56
    TERMINAL = 60
    TEXT = 61
    PARAGRAPH = 73
    ENTRY = 79
    CAPTION = 81
    DOCUMENT_FRAME = 82
    HEADING = 83
    SECTION = 85
    LINK = 88
    DOCUMENT_SPREADSHEET = 92
    DOCUMENT_PRESENTATION = 93
    DOCUMENT_TEXT = 94
    DOCUMENT_WEB = 95
    DOCUMENT_EMAIL = 96
    COMMENT = 97
    BLOCK_QUOTE = 105
    ARTICLE = 109
    STATIC = 116


class State(IntEnum):
    ACTIVE = 1
    EDITABLE = 7
    FOCUSED = 12
    SHOWING = 25


DOCUMENTS = (
    Role.DOCUMENT_WEB,
    Role.DOCUMENT_TEXT,
    Role.DOCUMENT_FRAME,
    Role.DOCUMENT_SPREADSHEET,
    Role.DOCUMENT_PRESENTATION,
    Role.DOCUMENT_EMAIL,
)
NAMED = (Role.LABEL, Role.LIST_ITEM, Role.TABLE_CELL, Role.HEADING, Role.LINK, Role.IMAGE, Role.STATIC)
"""Of these the name is what can be read, where they have no text."""
READ = (
    *NAMED,
    Role.TERMINAL,
    Role.TEXT,
    Role.PARAGRAPH,
    Role.ENTRY,
    Role.CAPTION,
    Role.SECTION,
    Role.COMMENT,
    Role.BLOCK_QUOTE,
    Role.ARTICLE,
)


def bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in numbers)


def has(states: int, *wanted: State) -> bool:
    return all(states >> state & 1 for state in wanted)
