"""A whole machine with the package on it: a Debian in a folder, started by its own systemd."""

import re
from collections import defaultdict
from pathlib import Path

from tests.box.booted import booted

PACKAGES = """
systemd-sysv udev dbus dbus-user-session libpam-systemd polkitd procps xvfb openbox xdotool mousepad at-spi2-core
""".split()  # noqa: SIM905 - a list of words


def look(root: Path, script: str) -> dict[str, list[str]]:
    """Start it, run ``script``, and give what it said: lines ``SEEN name: what``, by name."""
    file = root / "root" / "look"
    file.write_text(script)
    file.chmod(0o755)
    with booted(root) as machine:
        said = machine.run("/root/look", within=900, check=False).stdout
    seen = defaultdict[str, list[str]](list)
    for name, what in re.findall(r"SEEN ([\w-]+): ?(.*?)\s*$", said, re.MULTILINE):
        seen[name].append(what)
    return seen
