"""Windows that answer as Windows' own calls do."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.session.picture import Pixels


@dataclass
class ScriptedWindows:
    front: int = 0
    titles: dict[int, str] = field(default_factory=dict)
    processes: dict[int, int] = field(default_factory=dict)
    below: dict[int, list[int]] = field(default_factory=dict)
    programs: dict[int, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    painted: Pixels | None = None
    asked: list[str] = field(default_factory=list)

    def foreground(self) -> int:
        return self.front

    def title(self, window: int) -> str:
        return self.titles.get(window, "")

    def process(self, window: int) -> int:
        return self.processes.get(window, 0)

    def children(self, window: int) -> Sequence[int]:
        return self.below.get(window, [])

    def program(self, process: int) -> str:
        return self.programs.get(process, "")

    def description(self, program: str) -> str:
        self.asked.append(program)
        return self.descriptions.get(program, "")

    def idle(self) -> float:
        return 0.0

    def pixels(self, window: int) -> Pixels | None:
        return self.painted
