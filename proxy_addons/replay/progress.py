"""How far a replay has come, in bytes of all its files, where somebody is watching a terminal."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.progress import Progress as Bar


class Progress:
    """Silent where standard error is not a terminal."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._sizes = [_size(file) for file in files]
        self._files, self._number = files, -1
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
        self._bar = Bar(
            *columns,
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,  # a report that goes into a file must not land on the terminal
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task("", total=sum(self._sizes))

    def next_file(self) -> None:
        self._number += 1
        name = "".join(c if c.isprintable() else "?" for c in self._files[self._number].name)
        which = f" ({self._number + 1} of {len(self._files)})" if len(self._files) > 1 else ""
        self._bar.update(self._task, description=f"{escape(name)}{which}", completed=self._before)

    def at(self, position: int) -> None:
        """In the file it is at."""
        self._bar.update(self._task, completed=self._before + position)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Out of the way of what is printed meanwhile."""
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()

    @property
    def _before(self) -> int:
        return sum(self._sizes[: self._number])

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0  # what is wrong with it is said when its turn comes
