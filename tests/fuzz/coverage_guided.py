"""Let atheris look for bytes that break a target, guided by the branches they reach.

    PYTHONPATH=. .venv/bin/python -m tests.fuzz.coverage_guided TARGET [--seconds 60] [--corpus FOLDER]

Begins from the target's seeds; what it finds interesting is kept in the folder. A failing input is written beside it as
``crash-…``, and the exit status is not 0. Needs the ``fuzz`` extra.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["detection"]):
    from tests.fuzz.targets import TARGETS

LONGEST = 20_000
"""Bytes of an input."""
SLOWEST = 10
"""Seconds one input may take."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=[target.name for target in TARGETS])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path)
    given = parser.parse_args()
    (target,) = (target for target in TARGETS if target.name == given.target)
    folder = given.corpus or Path(tempfile.mkdtemp(prefix=f"fuzz-{target.name}-"))
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (folder / f"seed-{number}").write_bytes(seed)

    def one(data: bytes) -> None:
        target.run(data)

    limits = [f"-max_total_time={given.seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", "-rss_limit_mb=2048"]
    atheris.Setup(
        [sys.argv[0], *limits, f"-artifact_prefix={folder}/", str(folder)], lambda data: target.run(data) and None
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
