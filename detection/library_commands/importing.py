"""``gatehouse library import``: take over the lists of another product as phrases of ours."""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from detection.foreign_lists import e2guardian, plain, senso
from detection.foreign_lists.assembly import Assembled, assemble
from detection.foreign_lists.entry import LeftOut, Reading, Wanted
from detection.foreign_lists.source_text import read_text
from detection.library import Category, Library, load
from detection.library_writing import files

FORMATS: Mapping[str, Callable[[Path, str, Wanted], Reading]] = {
    "senso": senso.read,
    "e2guardian": e2guardian.read,
    "plain": plain.read,
}
HEADING = "Imported. See what each phrase finds before it goes into service."
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--format", required=True, choices=tuple(FORMATS), help="whose lists they are")
    parser.add_argument("--category", type=_category, metavar="CATEGORY",
                        help="for phrases whose own heading names none of ours")  # fmt: skip
    parser.add_argument("--severity", type=int, choices=range(1, 6), default=2, metavar="N",
                        help="1 to 5, for phrases that have none of their own (default: 2)")  # fmt: skip
    parser.add_argument("--language", type=_language, default="en", help="of all the files (default: en)")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="the library that is written")
    parser.add_argument("--force", action="store_true", help="write over files that are there")


def run(arguments: argparse.Namespace) -> int:
    """0 all rows went in, 1 some did not, 2 none did. OSError and ValueError where a file cannot be read or written;
    LibraryError where the folder, with what else is in it, is no library."""
    texts = {file: read_text(file) for file in arguments.files}
    if arguments.format == "plain" and arguments.category is None:
        raise ValueError("a plain list says of no phrase what it is about; name a category with --category")
    wanted = Wanted(arguments.category, arguments.severity)
    read = FORMATS[arguments.format]
    readings = tuple(read(file, text, wanted) for file, text in texts.items())
    made = assemble(readings, arguments.language)
    left_out = _in_order(
        arguments.files, (*(each for reading in readings for each in reading.left_out), *made.left_out)
    )
    for each in left_out:
        print(each, file=sys.stderr)
    if made.library.phrases:
        _write(made.library, arguments.out, force=arguments.force)
        load(arguments.out)
    print(summary(readings, made, left_out))
    if not made.library.phrases:
        print("Nothing was written: there is no phrase in it that could be taken over.")
        return 2
    print(f"Written to {arguments.out}; prove it with: gatehouse library check {arguments.out}")
    return 1 if left_out else 0


def _in_order(files: list[Path], left_out: tuple[LeftOut, ...]) -> tuple[LeftOut, ...]:
    """As whoever mends the files goes through them."""
    return tuple(sorted(left_out, key=lambda each: (files.index(each.place.file), each.place.line)))


def summary(readings: tuple[Reading, ...], made: Assembled, left_out: tuple[LeftOut, ...]) -> str:
    places = Counter(f"{each.language}/{each.category}" for each in made.library.phrases)
    exceptions = sum(len(reading.exceptions) for reading in readings)
    return "\n".join((
        _row("rows read", sum(reading.rows for reading in readings)),
        _row("phrases written", places.total()),
        *(_row(f"  {place}", count) for place, count in sorted(places.items())),
        *([_row("words that make them innocent", exceptions)] if exceptions else ()),
        *(_row(f"{note[0].upper()}{note[1:]}", count) for note, count in sorted(made.notes.items())),
        _row("left out", len(left_out)),
        *(_row(f"  {reason}", count) for reason, count in Counter(e.refusal.reason for e in left_out).most_common()),
    ))  # fmt: skip


def _row(name: str, count: int) -> str:
    return f"{count:>8}  {name}"


def _write(library: Library, folder: Path, *, force: bool) -> None:
    """All or, where one is there already, none."""
    content = {folder / path: text for path, text in files(library, HEADING).items()}
    there = [str(file) for file in content if file.exists()]
    if there and not force:
        raise FileExistsError(f"{', '.join(there)}: is there already; take another folder, or --force to write over it")
    for file, text in content.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def _category(written: str) -> Category:
    if written not in set(Category):
        raise argparse.ArgumentTypeError(f"“{written}” is none; known are {', '.join(Category)}")
    return Category(written)


def _language(written: str) -> str:
    if not _LANGUAGE.fullmatch(written):
        raise argparse.ArgumentTypeError(f"“{written}” is no language, such as en or pt-BR")
    return written
