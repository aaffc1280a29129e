"""Elements as a program might give them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from agent.windows.elements import Element


@dataclass
class DrawnElement:
    kind: int
    name: str = ""
    is_password: bool = False
    is_off_screen: bool = False
    can_be_written: bool = False
    said_value: str | None = None
    said_text: str | None = None
    below: Sequence["DrawnElement"] = ()
    key: str = "42.1"
    above: "DrawnElement | None" = None
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for child in self.below:
            child.above = self

    def value(self) -> str | None:
        self.asked.append("value")
        return self.said_value

    def text(self, most: int) -> str | None:
        self.asked.append("text")
        return None if self.said_text is None else self.said_text[:most]

    def parent(self) -> Element | None:
        return self.above

    def children(self) -> Iterator[Element]:
        yield from self.below
