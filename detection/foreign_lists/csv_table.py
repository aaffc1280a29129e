"""Rows of a CSV file with a header, as office programs of any country write it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from detection.foreign_lists.entry import Place, Refused

SEPARATORS = ",;\t"


def rows(
    file: Path, text: str, columns: Sequence[str], *, required: str
) -> Iterator[tuple[Place, Mapping[str, str] | Refused]]:
    """Each row that is not blank, by column; a column that is not there is empty, one nobody asks for is passed over.

    ValueError where the header does not name the required column, or the file is no CSV.
    """
    table = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    header: list[str] | None = None
    start = 1
    try:
        for cells in table:
            place, start = Place(file, start), table.line_num + 1
            if not any(cell.strip() for cell in cells) or cells[0].startswith("sep="):
                continue
            if header is None:
                header = _header(file, cells, columns, required)
            else:
                yield place, _row(header, cells)
    except csv.Error as e:
        raise ValueError(f"{file}, line {start}: {e}") from e
    if header is None:
        raise ValueError(f"{file}: is empty")


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
        return Refused("runs over several lines; is a quote missing?")
    return _Row(zip(header, (cell.strip() for cell in cells), strict=False))


class _Row(dict[str, str]):
    """Programs leave out empty cells at the end of a row."""

    def __missing__(self, column: str) -> str:
        return ""
