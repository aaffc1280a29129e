"""How long everything else stands still while a running sensor takes another library.

    .venv-gateway/bin/python -m benchmarks.new_library

A thread that only wants to run every millisecond notes the longest it had to wait. The limit is 50 ms, for what a
school changes and for a library that is new as a whole. A child builds it, as for the gateway, whose own process only
maps what came of it; "takes" includes that.
"""

import gc
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from nacl.signing import SigningKey

from detection.detector import Detector
from detection.library import SHIPPED, Library, load
from detection.library_building import Building
from detection.library_bundle import Bundle, build, verify
from detection.library_updates import no_collection
from detection.own_file import OwnFile

LIMIT = 50.0
TICK = 0.001


def main() -> int:
    sys.setswitchinterval(0.001)  # as the gateway does
    print(f"{'':24}{'takes ms':>10}{'longest wait ms':>18}")
    longest = 0.0
    for name, took, wait in reloads():
        print(f"{name:24}{took:>10.0f}{wait:>18.1f}", flush=True)
        longest = max(longest, wait)
    print(f"limit {LIMIT:.0f} ms, ratio {longest / LIMIT:.2f}")
    return 0 if longest <= LIMIT else 1


def reloads() -> Iterator[tuple[str, float, float]]:
    """What changes, how long it takes, and the longest wait meanwhile; milliseconds."""
    shipped = load(SHIPPED)
    school = Library(
        tuple(
            replace(phrase, severity=6 - phrase.severity) if number % 80 == 0 else phrase
            for number, phrase in enumerate(shipped.phrases)
            if number % 80 != 1
        ),
        shipped.words,
    )
    whole = replace(shipped, phrases=tuple(replace(each, gloss=f"{each.gloss} ") for each in shipped.phrases))
    with tempfile.TemporaryDirectory() as folder:
        building = Building(OwnFile(Path(folder) / "library.kept"))
        detector = Detector(building.of_folder(SHIPPED))
        gc.collect()
        gc.freeze()  # as the gateway does
        for name, library in (("a school's changes", school), ("all new", whole)):
            yield name, *_measured(library, detector, building)


def _measured(library: Library, detector: Detector, building: Building) -> tuple[float, float]:
    key = SigningKey.generate()
    signed = build(Bundle(library=library, serial=1, built_by="x", built_at=datetime.now(UTC)), key)
    waits, stop = list[float](), threading.Event()

    def wait() -> None:
        before = time.perf_counter()
        while not stop.is_set():
            time.sleep(TICK)
            now = time.perf_counter()
            waits.append(now - before - TICK)
            before = now

    waiting = threading.Thread(target=wait)
    waiting.start()
    began = time.perf_counter()
    with no_collection():
        detector.adapted(verify(signed, key.verify_key, reader=building.of_bundle).library)
    took = time.perf_counter() - began
    gc.collect()
    stop.set()
    waiting.join()
    return took * 1000, max(waits) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
