"""What ``gatehouse replay`` can be asked for."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MOST_JOBS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    files: list[Path]
    keylog: list[Path]
    library: Path | None
    jobs: int
    json: bool
    coverage: bool
    html: Path | None
    pictures: int
    expect: Path | None
    write_expect: Path | None
    deliver: Path | None


def arguments(given: Sequence[str]) -> Arguments:
    """Ends the program where they cannot be."""
    parser = _parser()
    chosen = Arguments(**vars(parser.parse_args(given)))
    if chosen.deliver and chosen.jobs > 1:
        parser.error("--deliver sends from one job: leave out --jobs")
    return chosen


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gatehouse replay", description="Run recorded traffic through the gateway's own detection."
    )
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="FILE|FOLDER",
        help="a pcap, pcapng, dump of mitmproxy's or HAR, also packed with gzip or zstd, or a folder with such",
    )
    _how_it_is_read(parser.add_argument_group("how it is read"))
    _what_is_told(parser.add_argument_group("what is told"))
    _what_is_expected(parser.add_argument_group("what is expected"))
    parser.add_argument_group("where it goes").add_argument(
        "--deliver", type=Path, metavar="SETTINGS", help="send what is detected to the appliance, marked as replay"
    )
    return parser


def _how_it_is_read(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--keylog",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="secrets of TLS, as SSLKEYLOGFILE has them; may be given several times",
    )
    group.add_argument("--library", type=Path, metavar="FOLDER", help="another phrase library")
    group.add_argument(
        "--jobs", type=_jobs, default=1, metavar="N", help="share the clients of a large capture among N processes"
    )


def _what_is_told(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--json", action="store_true", help="one JSON object a file: detections, requests, bodies, …")
    group.add_argument("--coverage", action="store_true", help="what was read and what not, by protocol and by app")
    group.add_argument("--html", type=Path, metavar="REPORT", help="write a report with pictures, one page by itself")
    group.add_argument(
        "--pictures", type=_number, default=50, metavar="N", help="draw so many of the gravest in it; default 50"
    )


def _what_is_expected(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--expect", type=Path, metavar="FILE", help="what must and must not be detected (YAML)")
    group.add_argument("--write-expect", type=Path, metavar="FILE", help="write what was detected for --expect")


def _jobs(given: str) -> int:
    if not (given.isascii() and given.isdigit() and 0 < int(given[:6]) <= MOST_JOBS):
        raise argparse.ArgumentTypeError(f"{given}: should be a number from 1 to {MOST_JOBS}")
    return int(given)


def _number(given: str) -> int:
    if not (given.isascii() and given.isdigit()):
        raise argparse.ArgumentTypeError(f"{given}: should be a number from 0")
    return int(given[:6])
