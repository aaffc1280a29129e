"""Where the account's desktop is: its display, its buses and its runtime folder, read from its own programs.

A system unit is started with none of these. Every program of a graphical session has them in its environment, which
the account may read of its own processes and of nobody else's.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_WANTED = ("DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")
_LONGEST = 256 * 1024
"""Bytes of an environment that are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    display: str = ""
    """Of the X server, or of Xwayland."""
    authority: str = ""
    """The file with the X server's cookie."""
    wayland: str = ""
    """The Wayland compositor's socket; empty where the session is the X server's own."""
    bus: str = ""
    """The session bus's address."""
    runtime: str = ""


def surroundings(own: Mapping[str, str], proc: Path = Path("/proc"), account: int | None = None) -> Surroundings:
    """``own``: our environment. The screen it names is the one that is meant, and only programs of that are asked for
    what it does not say; ``account``: of whose programs, else our own."""
    account = os.getuid() if account is None else account
    environments = [own, *_environments(proc, account)]
    graphical = [e for e in environments if e.get("DISPLAY") or e.get("WAYLAND_DISPLAY")]
    found = _fullest([e for e in graphical if _is_same_screen(own, e)] or graphical or environments)
    runtime = found.get("XDG_RUNTIME_DIR", "") or f"/run/user/{account}"
    bus = found.get("DBUS_SESSION_BUS_ADDRESS", "")
    if not bus and Path(runtime, "bus").exists():
        bus = f"unix:path={runtime}/bus"
    return Surroundings(
        display=found.get("DISPLAY", ""),
        authority=found.get("XAUTHORITY", ""),
        wayland=found.get("WAYLAND_DISPLAY", ""),
        bus=bus,
        runtime=runtime,
    )


def _is_same_screen(own: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return all(other.get(name) == own[name] for name in ("DISPLAY", "WAYLAND_DISPLAY") if own.get(name))


def _fullest(environments: Iterable[Mapping[str, str]]) -> Mapping[str, str]:
    """The first of those that say most of what is wanted."""
    return max(environments, key=lambda e: sum(bool(e.get(name)) for name in _WANTED), default={})


def _environments(proc: Path, account: int) -> Iterable[dict[str, str]]:
    for folder in sorted((f for f in proc.iterdir() if f.name.isdigit()), key=lambda f: int(f.name)):
        try:
            if folder.stat().st_uid == account:
                with (folder / "environ").open("rb") as opened:
                    yield _environment(opened.read(_LONGEST))
        except OSError:  # it has ended, or is not to be read
            continue


def _environment(content: bytes) -> dict[str, str]:
    pairs = (entry.partition("=") for entry in content.decode("utf-8", "replace").split("\0"))
    return {name: value for name, _, value in pairs if name in _WANTED}
