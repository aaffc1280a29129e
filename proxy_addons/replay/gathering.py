"""Which files a replay reads, out of the files and folders it was given."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from proxy_addons.replay.capture_file import CaptureError, check_capture

SUFFIXES = (".pcap", ".pcapng", ".cap", ".ntar", ".dmp")
"""Of captures, each also with ``.gz`` or ``.zst``. What is so named and no capture is damaged: somebody has to know."""


@dataclass(frozen=True, slots=True)
class Gathered:
    files: tuple[Path, ...]
    passed_over: Counter[Path]
    """Files that are no captures, by the folder that was given."""


def gathered(given: Iterable[Path]) -> Gathered:
    """Folders are gone through in order of names, whatever is below them too. CaptureError where one gives nothing."""
    files, passed_over = list[Path](), Counter[Path]()
    for path in given:
        if path.is_dir():
            found = list(_files(path))
            captures = [file for file in found if _is_capture(file)]
            passed_over[path] = len(found) - len(captures)
            if not captures:
                raise CaptureError(f"{path}: no capture file is in this folder")
            files += captures
        else:
            files.append(path)
    return Gathered(tuple(files), +passed_over)


def _files(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder, onerror=_refuse):
        folders.sort()
        yield from (Path(where, name) for name in sorted(names))


def _refuse(error: OSError) -> None:
    raise CaptureError(f"{error.filename}: cannot be read: {error.strerror}")


def _is_capture(file: Path) -> bool:
    """By its name, else by how it begins."""
    if file.name.lower().removesuffix(".gz").removesuffix(".zst").endswith(SUFFIXES):
        return True
    try:
        check_capture(file)
    except CaptureError:
        return False
    return True
