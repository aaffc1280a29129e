"""Rows of a CSV file with a header, as office programs of any country write it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from detection.foreign_lists.entry import Place, Refused

SEPARATORS = ",;\t"
_OPEN = "runs over several lines; is a quote missing?"
MOST_LINES = 5
"""Of one row: lists of phrases have no paragraphs in them."""


def rows(
    file: Path, text: str, columns: Sequence[str], *, required: str
) -> Iterator[tuple[Place, Mapping[str, str] | Refused]]:
    """Each row that is not blank, by column; a column that is not there is empty, one nobody asks for is passed over.

    ValueError where the header does not name the required column, or the file is no CSV.
    """
    header: list[str] | None = None
    for start, cells in _records(file, text):
        if isinstance(cells, Refused):
            yield Place(file, start), cells
            continue
        if not any(cell.strip() for cell in cells) or cells[0].startswith("sep="):
            continue
        if header is None:
            header = _header(file, cells, columns, required)
        else:
            yield Place(file, start), _row(header, cells)
    if header is None:
        raise ValueError(f"{file}: is empty")


def _records(file: Path, text: str) -> Iterator[tuple[int, list[str] | Refused]]:
    """Each with the number of its first line."""
    lines, separator = list(io.StringIO(text, newline="")), _separator(text)
    at = 0
    while at < len(lines):
        size = _size(lines[at : at + MOST_LINES], separator)
        yield at + 1, _cells(file, at + 1, lines[at : at + size], separator) if size else Refused(_OPEN)
        at += size or 1


def _cells(file: Path, start: int, lines: Sequence[str], separator: str) -> list[str]:
    try:
        return next(csv.reader(lines, delimiter=separator), [])
    except csv.Error as e:
        raise ValueError(f"{file}, line {start}: {e}") from e


def _size(lines: Sequence[str], separator: str) -> int:
    """Lines of the record that begins here; 0 where a quote is never closed, so that it does not take all that follow
    it along."""
    if lines[0].count('"') % 2 == 0:
        return 1
    for size in range(2, len(lines) + 1):
        with suppress(csv.Error):
            if len(list(csv.reader(lines[:size], delimiter=separator, strict=True))) == 1:
                return size
    return 0


def _separator(text: str) -> str:
    """What stands most often in the header; “sep=;” before it is what Excel writes for itself."""
    header = next((line for line in text.splitlines() if line.strip() and not line.startswith("sep=")), "")
    return max(SEPARATORS, key=header.count)


def _header(file: Path, cells: list[str], columns: Sequence[str], required: str) -> list[str]:
    header = [cell.strip().casefold() for cell in cells]
    if required not in header:
        raise ValueError(f"{file}: the first line must name the columns; {required} is missing")
    if doubled := [column for column in columns if header.count(column) > 1]:
        raise ValueError(f"{file}: the first line names a column twice: {', '.join(doubled)}")
    return header


def _row(header: list[str], cells: list[str]) -> Mapping[str, str] | Refused:
    if any(cell.strip() for cell in cells[len(header) :]):
        return Refused("has more columns than the header", f"{len(cells)}; is a quote missing?")
    if any("\n" in cell.strip() for cell in cells):
        return Refused(_OPEN)
    return _Row(zip(header, (cell.strip() for cell in cells), strict=False))


class _Row(dict[str, str]):
    """Programs leave out empty cells at the end of a row."""

    def __missing__(self, column: str) -> str:
        return ""
