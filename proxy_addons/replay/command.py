"""``gatehouse replay``: what live traffic would have given, from capture files."""

import argparse
import asyncio
import logging
import sys
from pathlib import Path

from detection import settings as settings_files
from detection.library import SHIPPED, Library, LibraryError, load
from detection.outbox import OutboxError
from detection.sensor import SensorSettings
from detection.settings import SettingsError
from proxy_addons.replay.capture_file import CaptureError, check_capture, file_sha256
from proxy_addons.replay.progress import Progress
from proxy_addons.replay.replay import Outcome, replay
from proxy_addons.replay.report import as_json, summary, table
from proxy_addons.replay.spectator import AwayError, Deliverer, Onlooker
from proxy_addons.replay.tls.key_log import KeyLog
from proxy_addons.replay.tls.key_log_files import read_key_logs

READ, UNDELIVERED, UNREADABLE, INTERRUPTED = 0, 1, 2, 130
MISTAKES = (LibraryError, SettingsError, OutboxError, CaptureError, AwayError, OSError)


def main(argv: list[str]) -> int:
    """Exit status: 0 read; 1 read, but not all was delivered; 2 something cannot be read, or not to its end."""
    chosen = _parser().parse_args(argv)
    logging.basicConfig(format="gatehouse replay: %(message)s", level=logging.ERROR)
    try:
        sensor = settings_files.load(chosen.deliver, SensorSettings) if chosen.deliver else None
        library = load(chosen.library or (sensor and sensor.library) or SHIPPED)
        keys = read_key_logs(chosen.keylog, _complain)
    except MISTAKES as e:
        return _complain(e)
    try:
        return max(_one(file, library, sensor, keys, json=chosen.json) for file in chosen.files)
    except KeyboardInterrupt:
        return INTERRUPTED


def _one(file: Path, library: Library, sensor: SensorSettings | None, keys: KeyLog, *, json: bool) -> int:
    try:
        check_capture(file)
        sha256 = file_sha256(file)
        spectator = Deliverer(sensor, library, sha256) if sensor else Onlooker(library)
        with Progress(file) as progress:
            outcome = asyncio.run(replay(file, sha256, spectator, progress.at, keys))
        undelivered = spectator.finish()
    except MISTAKES as e:
        return _complain(e)
    _print(outcome, json=json)
    if outcome.ended:
        return _complain(f"{file}: {outcome.ended}; what comes before was read")
    if undelivered:
        return _complain(f"{file}: {undelivered}", UNDELIVERED)
    return READ


def _print(outcome: Outcome, *, json: bool) -> None:
    lines = [as_json(outcome)] if json else [*table(outcome), summary(outcome)]
    # A terminal's encoding may know less than a web page's.
    encoding = sys.stdout.encoding or "utf-8"
    print("\n".join(lines).encode(encoding, "replace").decode(encoding), flush=True)


def _complain(what: object, status: int = UNREADABLE) -> int:
    print(f"gatehouse replay: {what}", file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gatehouse replay", description="Run recorded traffic (pcap, pcapng) through the gateway's own detection."
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE.pcap")
    parser.add_argument("--json", action="store_true", help="one JSON object a file: detections, requests, bodies, …")
    parser.add_argument("--library", type=Path, metavar="FOLDER", help="another phrase library")
    parser.add_argument(
        "--keylog",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="secrets of TLS, as SSLKEYLOGFILE has them; may be given several times",
    )
    parser.add_argument(
        "--deliver", type=Path, metavar="SETTINGS", help="send what is detected to the appliance, marked as replay"
    )
    return parser
