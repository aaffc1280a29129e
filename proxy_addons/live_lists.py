"""The lists of what is left closed, taken up whenever their files change; a broken one changes nothing and is said."""

import logging
from collections.abc import Iterable
from pathlib import Path

from detection.settings import SettingsError
from detection.unopened.layers import Decision, Layers, files, load_layers
from proxy_addons.watchdog import Watchdog

logger = logging.getLogger("gateway")
Stamp = tuple[tuple[str, int, int, int], ...]


class LiveLists:
    def __init__(self, place: Path | None, own: Iterable[str], watchdog: Watchdog) -> None:
        """Raises SettingsError: a gateway does not start with a list it cannot read."""
        self._place, self._own, self._watchdog = place, tuple(own), watchdog
        self._stamp = self._files()
        self._layers = load_layers(place, self._own)
        self.problem = ""
        """Why the newest files are not what counts, in a sentence; empty where they are."""

    @property
    def layers(self) -> Layers:
        return self._layers

    def decision(self, host: str) -> Decision | None:
        return self._layers.decision(host)

    def reason(self, host: str) -> str | None:
        return self._layers.reason(host)

    def refresh(self) -> None:
        """Called every few seconds, on any thread: what decides is replaced in one step."""
        stamp = self._files()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._layers, self.problem = load_layers(self._place, self._own), ""
        except SettingsError as e:
            self.problem = f"{e}. What was read before still counts."
            self._watchdog.fault("bypass_list")
            logger.error("a list of hosts cannot be taken up: %s", e)

    def _files(self) -> Stamp:
        """Name, inode, time and size: a file replaced in one step has another inode at least."""
        place = self._place
        if place is None:
            return ()
        found = sorted(place.glob("*.toml")) if place.is_dir() else files(place).values()
        stamps = []
        for file in found:
            try:
                at = file.stat()
            except OSError:
                continue
            stamps.append((file.name, at.st_ino, at.st_mtime_ns, at.st_size))
        return tuple(stamps)
