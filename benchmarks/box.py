"""The box as a school meets it: the bell at nine, requests, latency, TLS and memory, in one run.

    .venv/bin/python -m benchmarks.box [--quick] [--first] [--clients 50 500] [--size 10]

A town of network namespaces (root is needed): 200 devices, the gateway with the box's own firewall, an internet of
forty hosts. In the gateway stand one after another: one worker, two workers, squid with ssl-bump, and e2guardian with
MITM, the last two where Debian's packages are installed (squid-openssl, e2guardian). One worker, squid and e2guardian
have the first core for themselves, load and origin the others; two workers share all cores with them. What goes past
the workers is another run: box_bypass.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks import pages
from benchmarks.box_connection import DEVICES, FAR, HOSTS, device, host
from benchmarks.box_figures import Bell, Figures, bell_table, table
from benchmarks.box_measuring import PAGES, SMALL, Measuring
from benchmarks.box_readers import READERS, SQUID, Reader, apart, standing
from benchmarks.gateway import come_first
from benchmarks.sample_certificate import write_authority, write_certificate
from tests.box.town import Town, town, why_not

BELL_RATE = 600
"""New connections a second: 1,200 people in a minute, each with thirty."""


def main() -> int:
    given = arguments().parse_args()
    if given.quick:
        given.rounds, given.clients, given.bell = 1, given.clients[:1], 2
    if reason := why_not():
        sys.exit(reason)
    if given.first:
        come_first()
    figures, bells = dict[tuple[str, int], Figures](), dict[str, Bell]()
    with tempfile.TemporaryDirectory(prefix="gatehouse-box-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        place = stack.enter_context(town(folder))
        many_devices(place)
        stack.enter_context(internet(place, folder, (SMALL, given.size)))
        try:
            for reader in chosen(given.only):
                with standing(reader, place, folder / reader.name.replace(" ", "")) as running:
                    measuring = Measuring(place, running)
                    measuring.is_read()
                    for clients in given.clients:
                        figures[reader.name, clients] = measuring.figures(
                            clients, given.size, given.seconds, given.rounds
                        )
                    bells[reader.name] = measuring.bell(BELL_RATE, given.bell)
                print(f"measured: {reader.name}", flush=True)
        finally:  # what has been measured when somebody loses patience is true as well
            for clients in given.clients:
                rows = {name: each for (name, of), each in figures.items() if of == clients}
                table(rows, rows.get(SQUID), clients, given.size)
            bell_table(bells, BELL_RATE)
    return 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, nargs="+", default=[50, 500])
    parser.add_argument("--size", type=int, default=10, help=f"KB of a page; of those over new connections: {SMALL}")
    parser.add_argument("--seconds", type=float, default=5, help="of a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bell", type=float, default=15, help="seconds; with 60 a worker takes three minutes")
    parser.add_argument(
        "--quick", action="store_true", help="one round, a bell of two seconds, 50 clients: whether it works"
    )
    parser.add_argument("--first", action="store_true", help="before all else that runs on this machine")
    parser.add_argument("--only", nargs="+", choices=[reader.name for reader in READERS], help="leave the others out")
    return parser


def chosen(only: Sequence[str] | None) -> list[Reader]:
    wanted = [reader for reader in READERS if not only or reader.name in only]
    for reader in wanted:
        if reader.missing():
            print(f"left out: {reader.name} (package {reader.missing()} is not installed)")
    return [reader for reader in wanted if not reader.missing()]


def many_devices(place: Town) -> None:
    lines = "".join(f"address add {device(n)}/24 dev lan\n" for n in range(DEVICES))
    subprocess.run(["ip", "-n", place.pupils.name, "-batch", "-"], input=lines, text=True, check=True)
    names = {host(n): FAR[n % len(FAR)] for n in range(HOSTS)}
    for each in place.places:
        each.hosts(names)
        each.run("sysctl", "-qw", "net.ipv4.ip_local_port_range=1025 65000", "net.core.somaxconn=4096")


@contextmanager
def internet(place: Town, folder: Path, sizes: Sequence[int]) -> Iterator[None]:
    for size in sizes:
        pages.write(folder / "web" / str(size), size * 1000, PAGES)
    certificate = write_certificate(folder / "origin.pem", *(host(n) for n in range(HOSTS)))
    write_authority(folder / "peer.pem", folder / "peer-key.pem")
    files = ["--host", "0.0.0.0", folder / "web", "80", "443", certificate]
    command = ["prlimit", "--nofile=16384", *apart(), sys.executable, "-m", "benchmarks.origin", *files]
    with place.internet.running(*command):
        place.pupils.run("sh", "-c", f"until curl -ks https://{FAR[0]}/dot.png >/dev/null; do sleep 0.2; done")
        yield


if __name__ == "__main__":
    raise SystemExit(main())
