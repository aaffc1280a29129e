"""Every command and every setting is described, and nothing is described that is not there."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from appliance.cli import COMMANDS
from appliance.config import ApplianceSettings, WorkerSettings
from console.settings import ConsoleSettings
from proxy_addons.gateway_settings import GatewaySettings

DOCS = Path(__file__).parent.parent / "docs"
PROGRAMS = {
    "gateway": GatewaySettings,
    "appliance": ApplianceSettings,
    "worker": WorkerSettings,
    "console": ConsoleSettings,
}


def names(kind: type, table: str = "") -> Iterator[str]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        inner = next((t for t in (hints[field.name], *get_args(hints[field.name])) if is_dataclass(t)), None)
        if isinstance(inner, type):
            yield from names(inner, f"{table}{field.name}.")
        else:
            yield f"{table}{field.name}"


def sections(file: str, heading: str) -> dict[str, str]:
    text = (DOCS / file).read_text("utf-8")
    parts = re.split(rf"^{heading} (.+)$", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_setting_is_described_and_no_other(program: str) -> None:
    rows = re.findall(r"^\| `([^`]+)` \|.*\| (\S.*) \|$", sections("settings.md", "##")[program], re.MULTILINE)
    assert {name for name, _ in rows} == set(names(PROGRAMS[program]))


def test_every_command_is_described_and_no_other() -> None:
    described = {heading.split()[1] for heading in sections("commands.md", "###")}
    assert described == {command.name for command in COMMANDS}
