"""A program's name as people know it, from what its menu entry says."""

from collections.abc import Iterator, Sequence
from pathlib import Path

FOLDERS = (
    Path("/usr/share/applications"),
    Path("/usr/local/share/applications"),
    Path("/var/lib/flatpak/exports/share/applications"),
)
_MOST = 2000
_LONGEST = 64 * 1024


class ProgramNames:
    def __init__(self, folders: Sequence[Path] = FOLDERS) -> None:
        self._folders = folders
        self._known: dict[str, str] | None = None

    def name(self, kind: str, pid: int | None) -> str:
        """Of a window's class, such as ``libreoffice-writer``; without one, of the program's file."""
        if self._known is None:
            self._known = dict(self._read())
        file = _file(pid)
        return self._known.get(kind.lower()) or self._known.get(file.lower()) or kind or file or "unknown"

    def _read(self) -> Iterator[tuple[str, str]]:
        """What a class or a file may be called, and the name; what is surest comes last."""
        entries = [entry for folder in self._folders for entry in _entries(folder)]
        yield from ((Path(e["exec"]).name.lower(), e["name"]) for e in entries if e["exec"])
        yield from ((e["file"].lower(), e["name"]) for e in entries)
        yield from ((e["class"].lower(), e["name"]) for e in entries if e["class"])


def _entries(folder: Path) -> Iterator[dict[str, str]]:
    for file in sorted(folder.glob("*.desktop"))[:_MOST]:
        try:
            with file.open("rb") as opened:
                lines = opened.read(_LONGEST).decode("utf-8", "replace").splitlines()
        except OSError:
            continue
        start = lines.index("[Desktop Entry]") + 1 if "[Desktop Entry]" in lines else len(lines)
        end = next((i for i in range(start, len(lines)) if lines[i].startswith("[")), len(lines))
        pairs = dict(line.split("=", 1) for line in lines[start:end] if "=" in line)
        if name := pairs.get("Name", "").strip():
            command = pairs.get("Exec", "").split()
            yield {
                "name": name,
                "file": file.stem.rpartition(".")[2],
                "exec": command[0] if command else "",
                "class": pairs.get("StartupWMClass", ""),
            }


def _file(pid: int | None) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text("utf-8", "replace").strip() if pid else ""
    except OSError:
        return ""
