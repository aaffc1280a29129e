"""Read a school's list of people: CSV with a header, in any order, as office programs write it."""

import csv
import io
import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path

REQUIRED = {"name", "role"}
KNOWN = (*sorted(REQUIRED), "school", "year", "device", "address", "ref", "account")
ROLES = ("pupil", "staff")
LONGEST_ACCOUNT = 200
_YEAR = re.compile(r"(?:year|yr|y)?\s*(r|reception|\d{1,2})", re.IGNORECASE)
_REF = re.compile(r"[A-Za-z0-9._-]{1,64}")


class PeopleFileError(ValueError):
    """Nothing of the file can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    line: int
    name: str
    school: str
    role: str
    year: str
    """R, 1 to 13, or empty."""
    places: tuple[tuple[str, str], ...] = ()
    """("address", …) and ("device", …)."""
    ref: str = ""
    account: str | None = None
    """What they sign in to devices as; None where the list does not say, which changes nothing."""


@dataclass(frozen=True, slots=True)
class BadRow:
    line: int
    reason: str


def read(file: Path, school: str = "") -> tuple[tuple[Row, ...], tuple[BadRow, ...]]:
    """Good rows and bad ones. ``school`` is for rows that name none. PeopleFileError if there is no usable header."""
    text = _text(file)
    table = csv.reader(io.StringIO(text, newline=""), dialect=_dialect(text))
    try:
        header = [name.strip().casefold() for name in next(table, [])]
        _check_header(header, school)
        lines = [(table.line_num, cells) for cells in table if any(cell.strip() for cell in cells)]
    except csv.Error as e:
        raise PeopleFileError(f"line {table.line_num}: {e}") from e
    good, bad = list[Row](), list[BadRow]()
    for line, cells in lines:
        try:
            good.append(_row(line, _fields(header, cells), school))
        except ValueError as e:
            bad.append(BadRow(line, str(e)))
    return tuple(good), tuple(bad)


def _fields(header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise ValueError(f"has {len(cells)} columns where the header has {len(header)}")
    return {name: cell.strip() for name, cell in zip(header, cells, strict=True)}


def _text(file: Path) -> str:
    """UTF-8, with or without the mark at its beginning, or what Windows writes."""
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _dialect(text: str) -> type[csv.Dialect]:
    header = text.partition("\n")[0]

    class Found(csv.excel):
        delimiter = max(",;\t", key=header.count)

    return Found


def _check_header(header: list[str], school: str) -> None:
    if missing := sorted(REQUIRED - set(header) | (set() if school else {"school"} - set(header))):
        raise PeopleFileError(f"the first line must name the columns; missing: {', '.join(missing)}")
    if doubled := sorted({name for name in header if header.count(name) > 1}):
        raise PeopleFileError(f"the first line names a column twice: {', '.join(doubled)}")
    if unknown := [name for name in header if name not in KNOWN]:
        raise PeopleFileError(f"unknown column: {', '.join(unknown)}; known: {', '.join(KNOWN)}")


def _row(line: int, fields: dict[str, str], school: str) -> Row:
    if not fields["name"]:
        raise ValueError("has no name")
    role = fields["role"].casefold()
    if role not in ROLES:
        raise ValueError(f"role is “{fields['role']}”; it must be {' or '.join(ROLES)}")
    ref = fields.get("ref", "")
    if ref and not _REF.fullmatch(ref):
        raise ValueError("ref must be letters, digits, points and dashes")
    named = fields.get("school") or school
    if not named:
        raise ValueError("has no school")
    written = year(fields.get("year", ""))
    return Row(
        line=line,
        name=fields["name"],
        school=named,
        role=role,
        year=written,
        places=_places(fields),
        ref=ref,
        account=_account(fields.get("account")),
    )


def _account(written: str | None) -> str | None:
    """Small letters: devices do not agree on them."""
    if written is not None and len(written) > LONGEST_ACCOUNT:
        raise ValueError(f"account is longer than {LONGEST_ACCOUNT} letters")
    return written if written is None else written.casefold()


def year(written: str) -> str:
    """R, 1 to 13, or empty; ValueError on anything else."""
    if not written:
        return ""
    found = _YEAR.fullmatch(written)
    said = found[1].upper() if found else ""
    if said.startswith("R"):
        return "R"
    if not said or not 1 <= int(said) <= 13:
        raise ValueError(f"year is “{written}”; it must be R or 1 to 13")
    return str(int(said))


def _places(fields: dict[str, str]) -> tuple[tuple[str, str], ...]:
    places = []
    if address := fields.get("address", ""):
        try:
            places.append(("address", str(ipaddress.ip_address(address))))
        except ValueError:
            raise ValueError(f"address is “{address}”; it must be one IP address") from None
    if device := fields.get("device", ""):
        places.append(("device", device))
    return tuple(places)
