"""A policy as a school writes it, TOML or JSON, completed with what holds otherwise at that school."""

import json
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from appliance import groups
from detection.agent_policy.fields import PolicyError
from detection.agent_policy.notice import Notice
from detection.agent_policy.policy import Policy
from detection.agent_policy.reading import read_written
from detection.agent_policy.writing import fields_of
from detection.toml_file import read as read_toml

TEXT = (
    "What is written and shown on this device is compared with a list of phrases that may mean that somebody is in "
    "danger. What matches is kept, and read by the school’s safeguarding staff alone; nothing else is kept."
)


def load(file: Path) -> dict[str, Any]:
    """As it is written. PolicyError where it is neither TOML nor JSON."""
    if file.suffix.casefold() != ".json":
        _, table = read_toml(file, PolicyError)
        return {str(name): _plain(value) for name, value in table.items()}
    try:
        said = json.loads(file.read_text("utf-8"))
    except (ValueError, RecursionError) as e:
        raise PolicyError(f"{file}: is not JSON: {e}") from None
    if not isinstance(said, dict):
        raise PolicyError(f"{file}: must be an object")
    return said


def complete(written: dict[str, Any], school: str, time_zone: str) -> dict[str, Any]:
    """The whole policy, with its version, as agents get it. PolicyError names the field that will not do."""
    notice = Notice(school=school, text=TEXT, by=f"the safeguarding lead of {school}")
    plain = Policy(notice=notice, time_zone=ZoneInfo(time_zone))
    return fields_of(read_written(_with_named_groups(written), plain))


def _with_named_groups(written: dict[str, Any]) -> dict[str, Any]:
    """Each by the name that people of it have: "Year 7" for 7."""
    groups_said = written.get("groups")
    if not isinstance(groups_said, dict):
        return written
    return written | {"groups": {_named(name): said for name, said in groups_said.items()}}


def _named(name: str) -> str:
    try:
        group = groups.named(name)
    except ValueError as e:
        raise PolicyError(f"groups.{name}: {e}") from None
    if group == groups.STAFF:
        raise PolicyError("groups.staff: staff are not watched by agents, so there is nothing to say")
    return group


def _plain(value: Any) -> Any:
    """TOML has days and times of its own."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else value
