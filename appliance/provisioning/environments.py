"""A release's two environments, from the locks: what only developers need stays away from the box."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from appliance.provisioning.machine import Machine

PYTHON = "/usr/bin/python3"
"""Debian's own: a service user cannot read one that lies in somebody's home."""
LIST = "wheels.txt"
"""Beside built wheels: their names, versions and hashes."""
KINDS = {"appliance": ".venv", "gateway": ".venv-gateway"}
DEVELOPMENT = frozenset(
    """aiosmtpd ast-serialize atheris atpublic axe-playwright-python hypothesis iniconfig librt mypy mypy-extensions
    pathspec pluggy pytest ruff scapy""".split()  # noqa: SIM905 - a list of words
)
"""Of the locks. What they leave behind is complete, or ``pip check`` stops the building."""
_SHIPPED_LIBRARY = """
import sys
sys.path.insert(0, sys.argv[1])
from detection.shipped_library import main
sys.exit(main([]))
"""
"""Of the code where it is made: what the environment knows is where it will lie."""
_ENTRY = re.compile(r"^[A-Za-z0-9]", re.MULTILINE)


def for_the_box(lock: str) -> str:
    """``lock`` without what only developers need."""
    starts = [*(found.start() for found in _ENTRY.finditer(lock)), len(lock)]
    entries = [lock[start:end] for start, end in pairwise(starts)]
    return "".join(each for each in entries if re.split(r"[=\s;\[]", each, maxsplit=1)[0] not in DEVELOPMENT)


@dataclass(frozen=True, slots=True)
class Builder:
    machine: Machine
    building: str
    """The release's folder while it is made."""
    final: str
    """And where it will lie."""
    wheels: str = ""
    """A folder of the machine that scripts/wheels filled; without one the package index is asked."""

    def build(self) -> None:
        for name, folder in KINDS.items():
            self._environment(name, f"{self.building}/{folder}")
        # Whoever runs it cannot write there.
        self.machine.run(PYTHON, "-m", "compileall", "-q", "-x", r"/\.venv", self.building, may_fail=True)
        # Nor need every sensor build, at its first start, what is built of the library; where it fails, each does.
        python = f"{self.building}/{KINDS['appliance']}/bin/python"
        self.machine.run(python, "-B", "-c", _SHIPPED_LIBRARY, self.building, may_fail=True)

    def _environment(self, name: str, folder: str) -> None:
        self.machine.run(PYTHON, "-m", "venv", folder)
        python, lock = f"{folder}/bin/python", f"{folder}/lock.txt"
        self.machine.at(lock).write_text(self._lock(name, python), "utf-8")
        pip = (python, "-m", "pip", "--disable-pip-version-check", "--no-cache-dir")  # or it keeps what --remove leaves
        wheels = f"{self.wheels}/{name}-{self._version(python)}"
        offline = ("--no-index", "--find-links", wheels) if self.wheels else ()
        self.machine.run(
            *pip, "install", "--quiet", "--no-deps", "--use-pep517", "--require-hashes", *offline, "-r", lock
        )
        self.machine.run(*pip, "check")
        packages = self.machine.run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
        self.machine.at(f"{packages}/gatehouse.pth").write_text(f"{self.final}\n", "utf-8")

    def _lock(self, name: str, python: str) -> str:
        if not self.wheels:
            return for_the_box(self.machine.at(f"{self.building}/requirements/{name}.txt").read_text("utf-8"))
        version = self._version(python)
        built: Path = self.machine.at(f"{self.wheels}/{name}-{version}/{LIST}")
        if not built.exists():
            raise FileNotFoundError(2, f"no wheels for Python {version}; run scripts/wheels with it", str(built))
        return built.read_text("utf-8")

    def _version(self, python: str) -> str:
        return self.machine.run(python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])").strip()
