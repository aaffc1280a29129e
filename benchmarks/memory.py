"""How much memory detection takes, and how quickly it is there: stage by stage, each in a process of its own.

    OPENBLAS_NUM_THREADS=1 .venv/bin/python -m benchmarks.memory [--only STAGE ...]

Resident megabytes (10^6 bytes), seconds of the processor's time, and seconds from a process's start until the stage is
reached, beside the limits of an agent's service: its sessions have the rest of the 80 MB, or of the 200 MB with the
model. "kept" is what a child has built and the sensor keeps; after "read", all of our own sentences were read.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detection.observation import Observation

CODE = "from benchmarks.memory import reached; reached({!r}, {!r})"


@dataclass(frozen=True, slots=True)
class Limits:
    megabytes: int | None = None
    seconds: float | None = None


WITHOUT, WITH = Limits(50, 2.0), Limits(170, 2.0)
STAGES = {
    "python": Limits(),
    "imports of a sensor": Limits(35),
    "library of its files": Limits(),
    "built in the process": Limits(200),
    "kept, for pages": Limits(100, 2.0),
    "kept, for a device": WITHOUT,
    "kept, for a device: read": Limits(50),
    "with the model": WITH,
    "with the model: read": Limits(170),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=[*STAGES], choices=STAGES, metavar="STAGE")
    given = parser.parse_args()
    print(f"{'':26}{'MB':>7}{'limit':>7}{'ratio':>7}{'CPU s':>8}{'seconds':>9}{'limit':>7}{'ratio':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("kept, for pages", "kept, for a device"):
            measured(name, folder)  # has it built, which is not measured
        for name in given.only:
            megabytes, cpu, seconds = measured(name, folder)
            limits = STAGES[name]
            memory, wall = _cells(megabytes, limits.megabytes, 7), _cells(seconds, limits.seconds, 9)
            print(f"{name:26}{memory}{cpu:8.2f}{wall}", flush=True)
    return 0


def measured(name: str, folder: str) -> tuple[float, float, float]:
    """Megabytes and seconds, in a process of its own."""
    began = time.time()
    said = subprocess.run([sys.executable, "-c", CODE.format(name, folder)], stdout=subprocess.PIPE, check=True)
    megabytes, cpu, at = json.loads(said.stdout)
    return megabytes, cpu, at - began


def reached(name: str, folder: str) -> None:
    held = _held(name, Path(folder))
    print(json.dumps((resident(), time.process_time(), time.time())), flush=True)
    del held


def _held(name: str, folder: Path) -> object:
    if name == "python":
        return None
    import detection.sensor
    from detection.beginnings import SMALL
    from detection.detector import Detector
    from detection.library import SHIPPED, load
    from detection.library_building import Building, in_cache
    from detection.recent import Recent

    if name == "imports of a sensor":
        return detection.sensor
    if name == "library of its files":
        return load(SHIPPED)
    if name == "built in the process":
        return Detector(load(SHIPPED), Recent())
    second = None
    if "with the model" in name:
        from detection.model.second_opinion import SecondOpinion

        second = SecondOpinion()
    if "pages" in name:
        return Detector(in_cache(SHIPPED, folder / "own"), Recent(), second)
    from detection.kept_file import KeptFile

    detector = Detector(Building(KeptFile(folder / "kept"), SMALL).of_folder(SHIPPED), Recent(), second)
    if name.endswith("read"):
        _read(detector.detect)
    return detector


def _read(detect: "Callable[[Observation], object]") -> None:
    from detection.observation import Channel, Direction, Observation, Subject

    somebody = Subject(identity_source="benchmark")
    for file in sorted((Path(__file__).parent / "sentences").glob("*.tsv")):
        for line in file.read_text("utf-8").splitlines():
            text = line.split("\t")[2]
            detect(
                Observation(
                    subject=somebody,
                    channel=Channel.MESSAGE,
                    direction=Direction.WRITTEN,
                    app="benchmark",
                    location="",
                    text=text,
                )
            )


def resident() -> float:
    """Of this process now, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1.024 / 1000 for line in lines if line.startswith("VmRSS:"))


def _cells(measured: float, limit: float | None, width: int) -> str:
    return f"{measured:>{width}.1f}" + (f"{limit:>7}{measured / limit:>7.2f}" if limit else " " * 14)


if __name__ == "__main__":
    raise SystemExit(main())
