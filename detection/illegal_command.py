"""``gatehouse illegal``: make signed lists of illegal addresses and files, and say what one holds."""

import argparse
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from detection.complaint import complain
from detection.foreign_lists.source_text import lines, read_text
from detection.illegal_list import ListError, body_hash, build, made, verify
from detection.library_keys import new_key, read_private, read_public
from detection.listed_forms import entry

SALT = 16
MOST_TOLD = 20
"""Lines that are wrong, of one run."""
T = TypeVar("T")


def main(argv: list[str], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    arguments = _parser().parse_args(argv)
    try:
        arguments.run(arguments, now())
    except (OSError, ValueError) as e:
        return complain("gatehouse illegal", e)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse illegal", description="Make lists of illegal content and look.")
    acts = parser.add_subparsers(required=True, metavar="keys, build or check")
    keys = acts.add_parser("keys", help="make the pair that such lists are signed with")
    keys.add_argument("folder", type=Path, metavar="FOLDER")
    keys.set_defaults(run=_keys)
    making = acts.add_parser("build", help="hash and sign plain lists, one entry a line")
    making.add_argument("--name", required=True, help="as the safeguarding lead reads it, such as “IWF URL list”")
    making.add_argument("--by", required=True, metavar="WHO", help="who builds it")
    making.add_argument("--key", type=Path, required=True, metavar="FILE", help="the private half, illegal.key")
    making.add_argument("--addresses", type=Path, metavar="FILE", help="sites, folders and pages")
    making.add_argument("--bodies", type=Path, metavar="FILE", help="SHA-256 or MD5 of files, in hexadecimal")
    making.add_argument("--serial", type=int, help="the edition's number; the time in seconds if not given")
    making.add_argument("--out", type=Path, required=True, metavar="FILE")
    making.set_defaults(run=_build)
    check = acts.add_parser("check", help="say what a signed list holds, in numbers")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--key", type=Path, required=True, metavar="FILE", help="the public half, illegal.pub")
    check.set_defaults(run=_check)
    return parser


def _keys(arguments: argparse.Namespace, now: datetime) -> None:
    arguments.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    private, public = arguments.folder / "illegal.key", arguments.folder / "illegal.pub"
    new_key(private, public)
    print(f"{private}: for whoever makes lists; it need not lie on any machine of the school.")
    print(f"{public}: for every sensor.")


def _build(arguments: argparse.Namespace, now: datetime) -> None:
    if not (arguments.addresses or arguments.bodies):
        raise ValueError("nothing to list: give --addresses, --bodies or both")
    wrong = list[str]()
    addresses, bodies = _read(arguments.addresses, entry, wrong), _read(arguments.bodies, body_hash, wrong)
    if wrong:
        raise ValueError("\n".join((*wrong[:MOST_TOLD], *_rest(len(wrong) - MOST_TOLD))))
    if not (addresses or bodies):
        raise ValueError("nothing to list: there is no line in it but blank ones and comments")
    serial = int(now.timestamp()) if arguments.serial is None else arguments.serial
    new = made(
        name=arguments.name,
        serial=serial,
        built_by=arguments.by,
        built_at=now,
        salt=os.urandom(SALT),
        addresses=addresses,
        bodies=bodies,
    )
    draft = arguments.out.with_name(f"{arguments.out.name}.new")
    draft.write_bytes(build(new, read_private(arguments.key, "illegal.key")))
    draft.replace(arguments.out)  # at once: a sensor may be about to look; who may read it is for the umask to say
    print(f"{arguments.out}: {new.name}, serial {new.serial}, {new.entries} entries")


def _check(arguments: argparse.Namespace, now: datetime) -> None:
    try:
        found = verify(arguments.file.read_bytes(), read_public(arguments.key, "illegal.pub"))
    except ListError as e:
        raise ValueError(f"{arguments.file}: {e}") from e
    print(f"{found.name}, serial {found.serial}, built by {found.built_by} on {found.built_at:%Y-%m-%d %H:%M} UTC")
    numbers = {"addresses": len(found.addresses)} | {of: len(found.bodies[of]) for of in found.bodies}
    print(", ".join(f"{number} {what}" for what, number in numbers.items()))


def _read(file: Path | None, one: Callable[[str], T], wrong: list[str]) -> list[T]:
    """Blank lines and those that begin with “#” are nothing. What is wrong is named by its place, never quoted."""
    found = []
    for place, text in lines(file, read_text(file)) if file else ():
        if not text.startswith("#"):
            try:
                found.append(one(text))
            except ValueError as e:
                wrong.append(f"{place}: {e}")
    return found


def _rest(count: int) -> list[str]:
    return [f"and {count} more lines"] if count > 0 else []
