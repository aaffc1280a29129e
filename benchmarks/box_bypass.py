"""What goes past the workers, beside what a router without our firewall would carry."""

import json
import statistics
from dataclasses import dataclass

from benchmarks.box_load import FAR
from benchmarks.box_readers import firewall, unload
from tests.box.town import Town

LIMIT = 0.95
PORT = "443"


@dataclass(frozen=True)
class Carried:
    passed: float
    routed: float
    """Gigabits a second, each the median of its rounds."""

    @property
    def ratio(self) -> float:
        return self.passed / self.routed


def bypass(town: Town, rounds: int, seconds: float) -> Carried:
    """The two take turns, so that a busy moment of the machine hits both."""
    passed, routed = [], []
    with town.internet.running("iperf3", "--server", "--port", PORT):
        town.pupils.run("sh", "-c", f"until iperf3 -c {FAR[0]} -p {PORT} -t 1 >/dev/null; do sleep 0.2; done")
        for _ in range(rounds):
            known = f"add element inet gatehouse passed4 {{ {FAR[0]} }}\n"
            town.gateway.run("nft", "-f", "-", stdin=firewall(dedicated=(f"{FAR[0]}/32",)) + known)
            passed.append(_gigabits(town, seconds))
            unload(town.gateway)
            routed.append(_gigabits(town, seconds))
    return Carried(statistics.median(passed), statistics.median(routed))


def _gigabits(town: Town, seconds: float) -> float:
    command = ["iperf3", "--client", FAR[0], "--port", PORT, "--time", str(int(seconds)), "--json"]
    told = json.loads(town.pupils.run(*command).stdout)
    return float(told["end"]["sum_received"]["bits_per_second"]) / 1e9
