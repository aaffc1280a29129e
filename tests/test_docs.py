"""Every command, every setting and every weight of the second opinion is described, and nothing that is not there."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from agent.service.settings import AgentSettings
from appliance.agents.settings import AgentsSettings
from appliance.cli import COMMANDS
from appliance.config import ApplianceSettings, WorkerSettings
from appliance.provisioning.box import Box
from appliance.second.settings import FollowSettings
from appliance.updates.settings import UpdateSettings
from console.enrolment.settings import EnrolmentSettings
from console.settings import ConsoleSettings
from detection.categories import AREAS
from detection.library import Category
from detection.observation import Channel
from detection.opinion import Opinion, severity_of
from detection.stated_opinion import Effect
from proxy_addons.gateway_settings import GatewaySettings

DOCS = Path(__file__).parent.parent / "docs"
TOGETHER = "Phrases and the second opinion together"
PROGRAMS = {
    "update": UpdateSettings,
    "gateway": GatewaySettings,
    "appliance": ApplianceSettings,
    "agents": AgentsSettings,
    "worker": WorkerSettings,
    "console": ConsoleSettings,
    "enrolment": EnrolmentSettings,
    "follow": FollowSettings,
    "box": Box,
    "agent": AgentSettings,
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


def test_the_second_opinion_counts_from_where_it_is_said_to() -> None:
    rows = re.findall(
        r"^\| ([a-z][^|]+) \|" + r" ([\d.]+) % \|" * 6 + "$", sections("severity.md", "##")[TOGETHER], re.MULTILINE
    )
    of_row = {names: [float(each) / 100 for each in percents] for names, *percents in rows}
    assert len(of_row) == len(rows)
    for category in Category:
        title = AREAS[category].title.lower()
        percents = next((of_row[names] for names in of_row if title in names.split(", ")), of_row["anything else"])
        pairs = (percents[:2], percents[2:4], percents[4:])
        for channel, (raised, noted) in zip((Channel.PROMPT, Channel.MESSAGE, Channel.POST), pairs, strict=True):
            reads = Opinion(category=category, probability=0.0, start=0, end=1, version="")
            at = (raised, raised - 1e-6, noted, noted - 1e-6)
            assert [severity_of(replace(reads, probability=each), channel) for each in at] == [3, 2, 2, 0], category


def test_nothing_is_named_that_the_second_opinion_does_not_read() -> None:
    rows = re.findall(r"^\| ([a-z][^|]+) \| [\d.]+ % \|", sections("severity.md", "##")[TOGETHER], re.MULTILINE)
    named = [title for names in rows for title in names.split(", ")]
    assert len(named) == len(set(named))
    assert set(named) - {"anything else"} <= {AREAS[category].title.lower() for category in Category}


def test_everything_a_second_opinion_may_count_for_is_described() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \|", sections("severity.md", "##")[TOGETHER], re.MULTILINE)
    assert set(rows) == set(Effect)


def test_every_command_is_described_and_no_other() -> None:
    described = {heading.split()[1] for heading in sections("commands.md", "###")}
    assert described == {command.name for command in COMMANDS}
