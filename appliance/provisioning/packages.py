"""Debian's packages, without what they only recommend. Those that came with us go with us, unless others need them."""

import re
from dataclasses import dataclass

from appliance.provisioning.ledger import Facts, Key
from appliance.provisioning.plan import Site

KIND = "packages"
NEEDED = (
    "python3-venv",
    "nftables",
    "dnsmasq-base",
    "iproute2",
    "ca-certificates",
    "openssl",
    "systemd-timesyncd",
    "unattended-upgrades",
    "bubblewrap",
    "chromium-headless-shell",
    "libatomic1",
    "fonts-dejavu-core",
    "fonts-noto-core",
    "fonts-noto-cjk",
    "fonts-noto-color-emoji",
)
"""No compiler is among them: wheels that need one are built beforehand (scripts/wheels)."""
_WAITS = ("-o", "DPkg::Lock::Timeout=300")
"""For dpkg of a killed run, or of the nightly updates."""
TIME_KEEPERS = ("chrony", "ntpsec", "openntpd", "ntp")
"""One that is there already is left to do its work; two cannot both set the clock."""


@dataclass(frozen=True, slots=True)
class Packages:
    names: tuple[str, ...] = NEEDED

    @property
    def key(self) -> Key:
        return Key(KIND, "debian")

    def lacks(self, site: Site) -> str:
        missing = self._missing(site)
        return f"install {' '.join(missing)}" if missing else ""

    def do(self, site: Site) -> None:
        """What came with a run that was killed is noted by its own note, made before it."""
        before = site.ledger.facts(self.key).get("before")
        if before is None or not self._unfinished(site):
            before = sorted(_installed(site))
        site.ledger.note(self.key, before=before, unfinished=True)
        site.machine.run("dpkg", "--configure", "-a")
        site.machine.run("apt-get", "update", "-qq", *_WAITS)
        settings = ("-o", "Dpkg::Options::=--force-confold", "-o", "APT::Keep-Downloaded-Packages=false", *_WAITS)
        install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", *settings)
        site.machine.run(*install, *self._missing(site))
        came = sorted(_installed(site) - set(before) | set(site.ledger.facts(self.key).get("came", ())))
        site.ledger.note(self.key, came=came, before=[], unfinished=False)

    def _unfinished(self, site: Site) -> bool:
        return bool(site.ledger.facts(self.key).get("unfinished"))

    def _missing(self, site: Site) -> list[str]:
        there = _installed(site)
        kept = there.intersection(TIME_KEEPERS)
        return [name for name in self.names if name not in there and not (name == "systemd-timesyncd" and kept)]


def undo(site: Site, key: Key, facts: Facts) -> None:
    installed = _installed(site)
    came = set(facts.get("came", ()))
    if facts.get("unfinished"):
        came |= installed - set(facts.get("before", ()))
    ours = sorted(came & installed)
    if not ours:
        return
    plan = site.machine.run("apt-get", "--simulate", "purge", "-qq", *ours)
    others = set(re.findall(r"^(?:Remv|Purg) (\S+)", plan, re.MULTILINE)) - set(ours)
    if others:
        site.say(f"  packages stay, because others need them by now: {', '.join(sorted(others))}")
    else:
        site.machine.run("apt-get", "purge", "-y", "-qq", *ours)


def _installed(site: Site) -> set[str]:
    rows = site.machine.run("dpkg-query", "-W", "-f", "${db:Status-Abbrev}\t${Package}\n").splitlines()
    return {name for status, _, name in (row.partition("\t") for row in rows) if status.startswith("ii")}
