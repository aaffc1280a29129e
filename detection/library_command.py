"""``gatehouse library``: look after phrase libraries."""

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from detection.complaint import complain
from detection.library_commands import check, diff, importing


@dataclass(frozen=True, slots=True)
class Act:
    name: str
    summary: str
    declare: Callable[[argparse.ArgumentParser], None]
    """Adds the arguments it takes."""
    run: Callable[[argparse.Namespace], int]
    """Returns the exit status; OSError and ValueError (so LibraryError) are told in one line, with status 2."""


ACTS = (
    Act("check", "run every phrase's own sentences", check.declare, check.run),
    Act("import", "take over the lists of another product", importing.declare, importing.run),
    Act("diff", "say what changed from one library to another", diff.declare, diff.run),
)


def main(argv: list[str], acts: tuple[Act, ...] = ACTS) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse library", description="Look after phrase libraries.")
    each = parser.add_subparsers(required=True, metavar=", ".join(act.name for act in acts))
    for act in acts:
        its_own = each.add_parser(act.name, help=act.summary, description=act.summary.capitalize() + ".")
        its_own.set_defaults(run=act.run)
        act.declare(its_own)
    arguments = parser.parse_args(argv)
    try:
        status = int(arguments.run(arguments))
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # whoever read it has seen enough, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OSError, ValueError) as e:
        return complain(parser.prog, e)
