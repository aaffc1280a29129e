"""Where the folders of the school's policy lie for this person: what they are called depends on the language."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

DOWNLOADS = "downloads"
_LINE = re.compile(r'^\s*XDG_([A-Z]+)_DIR="((?:[^"\\]|\\.)*)"\s*$', re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_LARGEST_FILE = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    name: str
    """As the policy calls it."""
    path: Path
    downloads: bool = False
    """What lies there came from elsewhere, and was not written by the person."""


def folders(names: Sequence[str], home: Path, environment: Mapping[str, str] = os.environ) -> tuple[Folder, ...]:
    """Those that ``names`` stand for, each once, whether or not they are there. Never the home itself, nor above it."""
    named = user_folders(home, environment)
    found: dict[Path, Folder] = {}
    for name in names:
        path = named.get(name.casefold()) or _below(home, name)
        if path is not None:
            found.setdefault(path, Folder(name=name, path=path, downloads=name.casefold() == DOWNLOADS))
    return tuple(found.values())


def user_folders(home: Path, environment: Mapping[str, str]) -> dict[str, Path]:
    """What ``user-dirs.dirs`` says, by the English name in lower case. One that is the home itself is switched off."""
    settings = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    try:
        with (settings / "user-dirs.dirs").open("rb") as file:
            text = file.read(_LARGEST_FILE).decode("utf-8", "surrogateescape")
    except OSError:
        return {}
    return {_plain_name(key): path for key, path in _lines(text, home) if not home.is_relative_to(path)}


def _lines(text: str, home: Path) -> Iterator[tuple[str, Path]]:
    """xdg-user-dirs writes nothing but absolute paths and such as begin with $HOME."""
    for key, value in _LINE.findall(text):
        value = _ESCAPED.sub(r"\1", value)
        if value == "$HOME" or value.startswith("$HOME/"):
            yield key, Path(os.path.normpath(f"{home}{value[5:]}"))
        elif value.startswith("/"):
            yield key, Path(os.path.normpath(value))


def _plain_name(key: str) -> str:
    """DOWNLOAD is the one whose English folder is called otherwise; DOCUMENTS, DESKTOP, PICTURES … are as they are."""
    return DOWNLOADS if key == "DOWNLOAD" else key.casefold()


def _below(home: Path, name: str) -> Path | None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or ".." in parts or name.startswith(("/", "\\", "~")) or ":" in name or parts == (".",):
        return None
    return home.joinpath(*parts)
