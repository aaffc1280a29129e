"""What goes past the workers, beside a plain router and one that keeps track of connections and does nothing else.

    .venv/bin/python -m benchmarks.box_bypass [--rounds 21] [--seconds 1] [--first]

Root and iperf3 are needed. The three take turns, each round in another order, and a round's ratio is of its own: two
runs of a second differ by a tenth on a busy machine, the median of twenty rounds by a hundredth.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.box_connection import FAR
from benchmarks.box_readers import firewall, unload
from benchmarks.gateway import come_first
from tests.box.town import Town, town, why_not

LIMIT = 0.95
PORT = "443"
TRACKING = """table inet tracking {
    chain through { type filter hook forward priority filter; ct state established,related accept; }
}
"""
PASSED, TRACKED, ROUTED = "past the workers", "tracked alone", "routed"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--seconds", type=int, default=1, help="whole ones, of each in a round")
    parser.add_argument("--first", action="store_true", help="before all else that runs on this machine")
    given = parser.parse_args()
    if reason := why_not() or (None if shutil.which("iperf3") else "the package iperf3 is not installed"):
        sys.exit(reason)
    if given.first:
        come_first()
    with tempfile.TemporaryDirectory(prefix="gatehouse-box-") as name, town(Path(name)) as place:
        show(measured(place, given.rounds, given.seconds))
    return 0


def measured(place: Town, rounds: int, seconds: int) -> dict[str, list[float]]:
    """Gigabits a second, in the order of the rounds."""
    ways: list[tuple[str, Callable[[Town], None]]] = [(PASSED, _pass), (TRACKED, _track), (ROUTED, _route)]
    found: dict[str, list[float]] = {name: [] for name, _ in ways}
    with place.internet.running("iperf3", "--server", "--port", PORT):
        place.pupils.run("sh", "-c", f"until iperf3 -c {FAR[0]} -p {PORT} -t 1 >/dev/null; do sleep 0.2; done")
        for number in range(rounds):
            turn = number % len(ways)
            for name, prepare in (*ways[turn:], *ways[:turn]):
                _route(place)
                prepare(place)
                found[name].append(_gigabits(place, seconds))
    return found


def show(found: Mapping[str, Sequence[float]]) -> None:
    print(f"{'':18}{'Gbit/s':>8}{'of routed':>11}{'middle half of the rounds':>27}{'limit':>7}")
    for name, each in found.items():
        ratios = sorted(one / routed for one, routed in zip(each, found[ROUTED], strict=True))
        quarter = len(ratios) // 4
        middle = f"{ratios[quarter]:.3f} to {ratios[-1 - quarter]:.3f}"
        limit = f"{LIMIT:7}" if name == PASSED else ""
        print(f"{name:18}{statistics.median(each):8.2f}{statistics.median(ratios):11.3f}{middle:>27}{limit}")


def _pass(place: Town) -> None:
    known = f"add element inet gatehouse passed4 {{ {FAR[0]} }}\n"
    place.gateway.run("nft", "-f", "-", stdin=firewall(dedicated=(f"{FAR[0]}/32",)) + known)


def _track(place: Town) -> None:
    place.gateway.run("nft", "-f", "-", stdin=TRACKING)


def _route(place: Town) -> None:
    unload(place.gateway)
    place.gateway.run("nft", "-f", "-", stdin="table inet tracking { }\ndelete table inet tracking\n")


def _gigabits(place: Town, seconds: int) -> float:
    command = ["iperf3", "--client", FAR[0], "--port", PORT, "--time", str(seconds), "--json"]
    command += ["--affinity", "0,1"]  # or where the two sides happen to run decides more than any rule
    told = json.loads(place.pupils.run(*command).stdout)
    return float(told["end"]["sum_received"]["bits_per_second"]) / 1e9


if __name__ == "__main__":
    raise SystemExit(main())
