"""``gatehouse replay``: what live traffic would have given, from capture files."""

import argparse
import asyncio
import json
import logging
import sys
from pathlib import Path

from detection.library import SHIPPED, Library, LibraryError, load
from detection.outbox import OutboxError
from detection.settings import SettingsError
from proxy_addons.replay.capture_file import CaptureError, check_capture
from proxy_addons.replay.progress import Progress
from proxy_addons.replay.replay import replay
from proxy_addons.replay.report import as_json, summary, table
from proxy_addons.replay.spectator import Deliverer, Onlooker, Spectator

READ, UNDELIVERED, UNREADABLE = 0, 1, 2
MISTAKES = (LibraryError, SettingsError, OutboxError, CaptureError, OSError)


def main(argv: list[str]) -> int:
    """Exit status: 0 read; 1 read, but not all was delivered; 2 a file or the settings could not be read."""
    chosen = _parser().parse_args(argv)
    logging.basicConfig(format="replay: %(message)s", level=logging.ERROR)
    try:
        library = load(chosen.library)
    except LibraryError as e:
        return _complain(e)
    statuses = [_one(file, library, chosen) for file in chosen.files]
    return max(statuses)


def _one(file: Path, library: Library, chosen: argparse.Namespace) -> int:
    try:
        check_capture(file)
        spectator: Spectator = Deliverer(chosen.deliver, library, file) if chosen.deliver else Onlooker(library)
        with Progress(file) as progress:
            outcome = asyncio.run(replay(file, spectator, progress.at))
        delivered = spectator.finish()
    except MISTAKES as e:
        return _complain(e)
    if chosen.json:
        print(json.dumps(as_json(outcome), ensure_ascii=False), flush=True)
    else:
        print("\n".join((*table(outcome), summary(outcome))), flush=True)
    if not delivered:
        print(f"gatehouse replay: {file}: not all was delivered; it waits in the outbox", file=sys.stderr)
    return READ if delivered else UNDELIVERED


def _complain(error: Exception) -> int:
    print(f"gatehouse replay: {error}", file=sys.stderr)
    return UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gatehouse replay", description="Run recorded traffic (pcap, pcapng) through the gateway's own detection."
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE.pcap")
    parser.add_argument("--json", action="store_true", help="one JSON object a file: detections, requests, bodies, …")
    parser.add_argument("--library", type=Path, default=SHIPPED, metavar="FOLDER", help="another phrase library")
    parser.add_argument(
        "--deliver", type=Path, metavar="SETTINGS", help="send what is detected to the appliance, marked as replay"
    )
    return parser
