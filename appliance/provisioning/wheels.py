"""``scripts/wheels``: build beforehand what a box installs; then it needs no compiler and no way to an index."""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from appliance.provisioning.environments import KINDS, LIST, for_the_box

LOCKS = Path(__file__).resolve().parents[2] / "requirements"


def main(argv: list[str]) -> int:
    if len(argv) != 1:
        print("usage: scripts/wheels FOLDER", file=sys.stderr)
        return 2
    folder = Path(argv[0]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for name in KINDS:
        lock = for_the_box((LOCKS / f"{name}.txt").read_text("utf-8"))
        # Apart: the two environments may want different versions of the same package.
        own = folder / f"{name}-{sys.version_info[0]}.{sys.version_info[1]}"
        shutil.rmtree(own, ignore_errors=True)
        own.mkdir()
        if status := _build(lock, own):
            return status
        (own / LIST).write_text(of_wheels(lock, own), "utf-8")
    print(f"{folder}: for gatehouse provision --wheels {folder}")
    return 0


def of_wheels(lock: str, folder: Path) -> str:
    """``lock`` as a list of the wheels in ``folder``: one built here has another hash than what it was built from."""
    wanted = {(_plain(name), version) for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE)}
    rows = []
    for wheel in sorted(folder.glob("*.whl")):
        name, version = wheel.name.split("-")[:2]
        if (_plain(name), version) in wanted:
            rows.append(f"{_plain(name)}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}")
    return "\n".join(rows) + "\n"


def _build(lock: str, folder: Path) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        environment, file = Path(scratch, "environment"), Path(scratch, "lock.txt")
        file.write_text(lock, "utf-8")
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        pip = (environment / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet")
        return subprocess.run(
            [*pip, "--no-deps", "--use-pep517", "--require-hashes", "-r", file, "-w", folder], check=False
        ).returncode


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
