"""How documents of a folder are read in the child process: time, text, what was not read and why, memory.

.venv/bin/python -m benchmarks.documents FOLDER …
"""

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from detection.documents.child import Child
from detection.documents.contents import Contents


def main(folders: list[str]) -> int:
    child = Child()
    print(
        "| folder | files | with text | characters | median ms | slowest ms | not all was read | parent MB | child MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for folder in folders:
        print(_row(Path(folder), child), flush=True)
    child.close()
    return 0


def _row(folder: Path, child: Child) -> str:
    times, texts, short, peak = [], [], Counter[str](), 0
    slowest = ("", 0.0)
    for file, contents, seconds in _readings(folder, child):
        times.append(seconds * 1000)
        texts.append(len(contents.text))
        slowest = max(slowest, (file.name, seconds * 1000), key=lambda each: each[1])
        short.update([contents.shortfall] if contents.shortfall else [])
        peak = max(peak, _memory(child.pid))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    why = ", ".join(f"{reason} {count}" for reason, count in short.most_common()) or "–"
    times = times or [0.0]
    return (
        f"| {folder.name} | {len(texts)} | {sum(map(bool, texts))} | {sum(texts)} | {median(times):.1f} "
        f"| {slowest[1]:.0f} ({slowest[0]}) | {why} | {own} | {peak} |"
    )


def _readings(folder: Path, child: Child) -> Iterator[tuple[Path, Contents, float]]:
    for file in sorted(folder.iterdir()):
        if file.is_file():
            began = time.perf_counter()
            contents = child.read(file.read_bytes())
            yield file, contents, time.perf_counter() - began


def _memory(pid: int | None) -> int:
    """The most a process has had, in MB; 0 where it has gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
