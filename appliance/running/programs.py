"""The five programs that make up Gatehouse on one machine, in the order they are started."""

from pathlib import Path

from appliance.running.child import Program
from appliance.running.places import Places

GATEHOUSE = Path(__file__).parents[2] / "scripts" / "gatehouse"
SERVES = {
    "console": "listening on",
    "appliance": "listening on",
    "agents": "listening on",
    "worker": "running",
    "gateway": "listening on",
}
"""What each says of itself once it serves. They stop in the opposite order: first nothing more comes in."""


def programs(places: Places) -> list[Program]:
    return [
        Program(
            name=name,
            command=(str(GATEHOUSE), name, "--config", str(places.settings(name))),
            log=places.log(name),
            ready=f"(gatehouse )?{name}: {serves}",
        )
        for name, serves in SERVES.items()
    ]
