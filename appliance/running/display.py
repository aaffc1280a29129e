"""What the person who started everything sees: bars on a terminal, plain lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

PLAIN_STEPS = 4


class Bar(Protocol):
    def to(self, done: int, total: int, note: str = "") -> None: ...


class Display:
    def __init__(self, console: Console) -> None:
        self._console = console

    def say(self, text: str) -> None:
        """As it is: a path may look like markup, and must not be broken where it is to be copied."""
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    @contextmanager
    def bar(self, title: str) -> Iterator[Bar]:
        if not self._console.is_terminal:
            yield _Lines(self, title)
            return
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}", markup=False),
        )
        with Progress(*columns, console=self._console) as progress:
            yield _Drawn(progress, title)


class _Drawn:
    def __init__(self, progress: Progress, title: str) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=None, note="")

    def to(self, done: int, total: int, note: str = "") -> None:
        self._progress.update(self._task, completed=done, total=total, note=note)


class _Lines:
    """A line a quarter: a log wants no bar."""

    def __init__(self, display: Display, title: str) -> None:
        self._display, self._title = display, title
        self._told = -1

    def to(self, done: int, total: int, note: str = "") -> None:
        quarter = PLAIN_STEPS * done // total if total else PLAIN_STEPS
        if quarter > self._told:
            self._told = quarter
            self._display.say(f"{self._title}: {done} of {total}{f' ({note})' if note else ''}")
