"""What goes past the workers, beside a router without a firewall and one that only keeps track of connections."""

import json
import statistics
from dataclasses import dataclass

from benchmarks.box_load import FAR
from benchmarks.box_readers import firewall, unload
from tests.box.town import Town

LIMIT = 0.95
PORT = "443"
TRACKING = """table inet tracking {
    chain through { type filter hook forward priority filter; ct state established,related accept; }
}
"""


@dataclass(frozen=True)
class Carried:
    passed: float
    tracked: float
    """By a router whose one rule is to let through what belongs to a known connection, as any firewall's first is."""
    routed: float
    """Gigabits a second, each the median of its rounds."""

    @property
    def ratio(self) -> float:
        return self.passed / self.routed

    @property
    def to_tracked(self) -> float:
        return self.passed / self.tracked


def bypass(town: Town, rounds: int, seconds: float) -> Carried:
    """They take turns, so that a busy moment of the machine hits all."""
    passed, tracked, routed = list[float](), list[float](), list[float]()
    with town.internet.running("iperf3", "--server", "--port", PORT):
        town.pupils.run("sh", "-c", f"until iperf3 -c {FAR[0]} -p {PORT} -t 1 >/dev/null; do sleep 0.2; done")
        for _ in range(rounds):
            known = f"add element inet gatehouse passed4 {{ {FAR[0]} }}\n"
            town.gateway.run("nft", "-f", "-", stdin=firewall(dedicated=(f"{FAR[0]}/32",)) + known)
            passed.append(_gigabits(town, seconds))
            unload(town.gateway)
            town.gateway.run("nft", "-f", "-", stdin=TRACKING)
            tracked.append(_gigabits(town, seconds))
            town.gateway.run("nft", "delete", "table", "inet", "tracking")
            routed.append(_gigabits(town, seconds))
    return Carried(statistics.median(passed), statistics.median(tracked), statistics.median(routed))


def _gigabits(town: Town, seconds: float) -> float:
    command = ["iperf3", "--client", FAR[0], "--port", PORT, "--time", str(int(seconds)), "--json"]
    told = json.loads(town.pupils.run(*command).stdout)
    return float(told["end"]["sum_received"]["bits_per_second"]) / 1e9
