"""Hold what a replay found, capture by capture, against what was expected of it."""

from collections.abc import Sequence
from pathlib import Path

from detection.grading import Detection
from proxy_addons.replay.expectations import Expected, differences


class ExpectationCheck:
    """Collects what is not as expected, in lines to be read."""

    def __init__(self, expected: Sequence[Expected]) -> None:
        self._expected = expected
        self._replayed: set[int] = set()
        """Which of the expectations."""
        self._of_none: list[Path] = []
        self._wrong: list[str] = []

    def add(self, file: Path, found: Sequence[Detection]) -> None:
        """What a capture gave."""
        number = self._number_of(file)
        if number is None:
            self._of_none.append(file)
            return
        self._replayed.add(number)
        self._wrong += [f"{file}: {each}" for each in differences(self._expected[number], found)]

    def lines(self) -> list[str]:
        """Each thing that is wrong, and at the end what that comes to. To be asked once all is replayed."""
        missing = [each for number, each in enumerate(self._expected) if number not in self._replayed]
        wrong = self._wrong + [f"{each.file}: line {each.line}: was not replayed" for each in missing]
        held = len(self._replayed)
        captures = f"{held} capture{'' if held == 1 else 's'} held against expectations"
        nothing = f", {len(self._of_none)} of which nothing is expected" if self._of_none else ""
        return [*wrong, f"{captures}{nothing}: {f'{len(wrong)} not met' if wrong else 'all met'}"]

    @property
    def is_met(self) -> bool:
        return not self._wrong and len(self._replayed) == len(self._expected)

    def _number_of(self, file: Path) -> int | None:
        """The one that names most of its path."""
        path = file.absolute()
        fitting = [number for number, each in enumerate(self._expected) if each.is_of(path)]
        return max(fitting, key=lambda number: len(Path(self._expected[number].file).parts), default=None)
