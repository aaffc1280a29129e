"""How long everything else stands still while a running sensor takes another library.

    .venv-gateway/bin/python -m benchmarks.new_library

A thread that only wants to run every millisecond notes the longest it had to wait. The limit is 50 ms for what a school
changes; a library that is new as a whole comes with a new Gatehouse, and so with a restart.
"""

import gc
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime

from nacl.signing import SigningKey

from detection.detector import Detector
from detection.library import SHIPPED, Library, load
from detection.library_bundle import Bundle, build, verify
from detection.library_updates import no_collection

LIMIT = 50.0
TICK = 0.001


def main() -> int:
    sys.setswitchinterval(0.001)  # as the gateway does
    shipped = load(SHIPPED)
    detector = Detector(shipped)
    gc.collect()
    gc.freeze()  # as the gateway does
    school = Library(
        tuple(
            replace(phrase, severity=6 - phrase.severity) if number % 80 == 0 else phrase
            for number, phrase in enumerate(shipped.phrases)
            if number % 80 != 1
        ),
        shipped.words,
    )
    whole = replace(shipped, phrases=tuple(replace(each, gloss=f"{each.gloss} ") for each in shipped.phrases))
    print(f"{len(shipped.phrases)} phrases\n{'':24}{'takes ms':>10}{'longest wait ms':>18}")
    waits = [
        _measured(name, library, detector) for name, library in (("a school's changes", school), ("all new", whole))
    ]
    print(f"a school's changes: limit {LIMIT:.0f} ms, ratio {waits[0] / LIMIT:.2f}")
    return 0 if waits[0] <= LIMIT else 1


def _measured(name: str, library: Library, detector: Detector) -> float:
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
        detector.adapted(verify(signed, key.verify_key).library)
    took = time.perf_counter() - began
    gc.collect()
    stop.set()
    waiting.join()
    print(f"{name:24}{took * 1000:>10.0f}{max(waits) * 1000:>18.1f}")
    return max(waits) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
