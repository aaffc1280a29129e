"""A command line of several programs: it knows each by name and imports only the one it starts."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    program: str
    """``module:function``; the function takes the remaining arguments and returns the exit status."""
    summary: str


def run(name: str, commands: Sequence[Command], argv: Sequence[str] | None) -> int:
    """The exit status. ``name``: what the whole is called by; ``argv``: this process' own, if None."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(_usage(name, commands))
        return 0 if arguments else 2
    wanted, rest = arguments[0], arguments[1:]
    command = next((c for c in commands if c.name == wanted), None)
    if command is None:
        print(f"{name}: there is no command “{wanted}”; see {name} --help", file=sys.stderr)
        return 2
    module, _, function = command.program.partition(":")
    return int(getattr(import_module(module), function)(rest))


def _usage(name: str, commands: Sequence[Command]) -> str:
    width = max(len(c.name) for c in commands)
    rows = "\n".join(f"  {c.name:{width}}  {c.summary}" for c in commands)
    return f"usage: {name} COMMAND [ARGUMENTS]\n\n{rows}\n\nEach command explains itself with --help."
