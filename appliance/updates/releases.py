"""The releases on this machine, and which of them runs: a folder each, and a link to the current one."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Releases:
    program: Path
    """``provision`` makes what is below it."""

    @property
    def current(self) -> str:
        """The version that runs; empty where none is installed."""
        link = self.program / "current"
        return link.readlink().name if link.is_symlink() else ""

    @property
    def others(self) -> list[str]:
        """Those to go back to, the newest first."""
        others = [each for each in self._all() if each.name != self.current]
        return [each.name for each in sorted(others, key=lambda each: each.stat().st_mtime, reverse=True)]

    def folder(self, version: str) -> Path:
        return self.program / "releases" / version

    def _all(self) -> list[Path]:
        folder = self.program / "releases"
        found = folder.iterdir() if folder.is_dir() else ()
        return [each for each in found if each.is_dir() and not each.name.startswith(".")]
