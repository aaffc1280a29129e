"""What systemd is to run, and what is to be done once when a file has changed."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from appliance.provisioning import text_file
from appliance.provisioning.ledger import Facts, Key
from appliance.provisioning.plan import Site

SERVICE, APPLIED = "service", "applied"
_NOT_THERE = ("", "not-found", "masked", "masked-runtime")
"""What systemd says of a unit that was not installed, or was taken off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    unit: str
    settings: tuple[str, ...] = ()
    """Files it reads at its start. After a change of one it is told to read them anew, if it can, or restarted."""
    files: tuple[str, ...] = ()
    """Its unit and its program: after a change of one it is restarted."""

    may_fail: bool = False
    """systemd goes on starting it, and what comes after it is to be done all the same."""
    if_installed: bool = False
    """Another may do its work, and then it is not there."""

    @property
    def key(self) -> Key:
        return Key(SERVICE, self.unit)

    def lacks(self, site: Site) -> str:
        if self.if_installed and _enablement(site, self.unit) in _NOT_THERE:
            return ""
        if not self._enabled(site):
            return f"enable {'and start ' if site.machine.running else ''}{self.unit}"
        if not site.machine.running:
            return ""
        facts = site.ledger.facts(self.key)
        if facts.get("files") != _fingerprint(site, self.files):
            return f"restart {self.unit}"
        if facts.get("settings") != _as_written(site, self.settings):
            return f"reload {self.unit}, its settings have changed"
        return "" if self._active(site) or self._is_not_for_here(site) else f"start {self.unit}"

    def do(self, site: Site) -> None:
        facts = site.ledger.facts(self.key)
        if not self._enabled(site):
            site.ledger.note(self.key, enabled=True)
            site.machine.run("systemctl", "enable", "--quiet", self.unit)
        files, settings = _fingerprint(site, self.files), _as_written(site, self.settings)
        if site.machine.running:
            site.machine.run("systemctl", "daemon-reload")
            same = facts.get("files") == files and self._active(site)
            how = "reload-or-restart" if same else "restart"
            site.machine.run("systemctl", how, self.unit, may_fail=self.may_fail)
            if self._is_not_for_here(site):
                site.say(
                    f"  {self.unit} does not run on this machine, by its own conditions; systemctl status says which"
                )
            elif self.may_fail and not self._active(site):
                site.say(f"  {self.unit} does not run yet; journalctl -u {self.unit} says why")
        site.ledger.note(self.key, files=files, settings=settings)

    def _enabled(self, site: Site) -> bool:
        return _enablement(site, self.unit) in ("enabled", "static", "alias")

    def _active(self, site: Site) -> bool:
        said = site.machine.run("systemctl", "is-active", self.unit, may_fail=True).strip()
        return said in ("active", "activating", "reloading")

    def _is_not_for_here(self, site: Site) -> bool:
        """Whether systemd was asked for it and left it out, as what sets the clock in a container: its host does."""
        wanted = ("ActiveState", "ConditionResult", "ConditionTimestampMonotonic")
        lines = site.machine.run("systemctl", "show", f"--property={','.join(wanted)}", self.unit, may_fail=True)
        said = dict(line.split("=", 1) for line in lines.splitlines() if "=" in line)
        state, result, asked = (said.get(name, "") for name in wanted)
        return (state, result) == ("inactive", "no") and asked not in ("", "0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A command by which the running system takes up changed files; where none runs, its next start does."""

    name: str
    command: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def key(self) -> Key:
        return Key(APPLIED, self.name)

    def lacks(self, site: Site) -> str:
        known = site.ledger.facts(self.key).get("files")
        if not site.machine.running or known == _fingerprint(site, self.files):
            return ""
        return f"run {' '.join(self.command)}"

    def do(self, site: Site) -> None:
        site.machine.run(*self.command)
        site.ledger.note(self.key, files=_fingerprint(site, self.files), command=list(self.command))


def undo_service(site: Site, key: Key, facts: Facts) -> None:
    if not facts.get("enabled"):
        return
    now = ("--now",) if site.machine.running else ()
    site.machine.run("systemctl", "disable", "--quiet", *now, key.name, may_fail=True)


def undo_applied(site: Site, key: Key, facts: Facts) -> None:
    """Its files are gone by the time the last of the steps is undone; what they set ends with the next start."""


def _enablement(site: Site, unit: str) -> str:
    return site.machine.run("systemctl", "is-enabled", unit, may_fail=True).strip()


def _as_written(site: Site, files: Iterable[str]) -> str:
    """By provisioning: what our other programs write into a file meanwhile they tell its readers themselves."""
    written = [
        site.ledger.facts(Key(text_file.KIND, each)).get("sha256") or _fingerprint(site, (each,)) for each in files
    ]
    return hashlib.sha256(json.dumps(written).encode()).hexdigest()


def _fingerprint(site: Site, files: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for each in files:
        file = site.machine.at(each)
        digest.update(each.encode())
        digest.update(file.read_bytes() if file.is_file() else str(file.resolve()).encode())
    return digest.hexdigest()
