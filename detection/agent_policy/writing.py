"""A policy as JSON, complete: what an appliance keeps, shows and gives to its devices."""

import hashlib
import json
from dataclasses import asdict
from datetime import time
from typing import Any

from detection.agent_policy.policy import Policy, Scope, Scopes


def fields_of(policy: Policy) -> dict[str, Any]:
    """With the version that follows from the rest."""
    rest = {
        "notice": asdict(policy.notice),
        "hours": [
            {"days": sorted(each.days), "from": f"{each.begin:%H:%M}", "to": _end(each.end)} for each in policy.hours
        ],
        "holidays": [{"from": each.first.isoformat(), "to": each.last.isoformat()} for each in policy.holidays],
        "time_zone": policy.time_zone.key,
        "outside_hours": str(policy.outside_hours),
        **_scopes(policy.school),
        "groups": {name: _scopes(scopes) for name, scopes in policy.groups.items()},
        "networks": [{"addresses": str(network), "scope": str(place)} for network, place in policy.networks],
        "private_windows": [asdict(window) for window in policy.private_windows],
        "folders": list(policy.folders),
        "second_opinion": policy.second_opinion,
    }
    return {"version": _version_of(rest), **rest}


def _version_of(rest: dict[str, Any]) -> str:
    """What it goes by: the hash of all it says."""
    said = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _scopes(scopes: Scopes) -> dict[str, Any]:
    return {"on_site": _scope(scopes.on_site), "off_site": _scope(scopes.off_site)}


def _scope(scope: Scope) -> dict[str, Any]:
    return asdict(scope) | {"deleted": sorted(scope.deleted)}


def _end(end: time) -> str:
    return "24:00" if end == time.min else f"{end:%H:%M}"
