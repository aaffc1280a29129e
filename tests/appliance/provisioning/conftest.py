"""A machine in a folder, with its own users, and what is said while something is done to it."""

import os
from pathlib import Path

import pytest

from appliance.provisioning.ledger import Ledger
from appliance.provisioning.machine import Machine
from appliance.provisioning.plan import Site


class Machinery(Machine):
    """Commands are written down instead of run; a folder without Debian in it has none."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        object.__setattr__(self, "asked", [])
        object.__setattr__(self, "answers", {})

    asked: list[str]
    answers: dict[str, str]

    def run(self, *command: str, user: str = "", said: str = "", may_fail: bool = False) -> str:
        line = " ".join((f"{user}:", *command) if user else command)
        self.asked.append(line)
        return next((answer for start, answer in self.answers.items() if line.startswith(start)), "")


@pytest.fixture
def machine(tmp_path: Path) -> Machinery:
    me, mine = os.geteuid(), os.getegid()
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "passwd").write_text(f"gatehouse:x:{me}:{mine}::/nonexistent:/usr/sbin/nologin\n")
    (tmp_path / "etc" / "group").write_text(f"gatehouse:x:{mine}:\n")
    return Machinery(tmp_path)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def site(machine: Machinery, said: list[str]) -> Site:
    return Site(machine, Ledger(machine), said.append)
