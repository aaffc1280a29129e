"""The shipped library with all that is built of it, made once when Gatehouse is installed, which is what ``main`` does.

Every sensor that starts beside it starts from it, and does not build its own, which takes seconds. Where it is missing,
or made of another library or by other code, all is as if it were not there.
"""

import sys
from pathlib import Path

from detection import kept_library
from detection.installed_file import InstalledFile
from detection.library import SHIPPED, Library, load
from detection.library_building import INSTALLED, name_of


def install(into: InstalledFile = INSTALLED, phrases: Path = SHIPPED) -> None:
    """Nothing where it is there already. OSError where it cannot be kept, or would not be believed."""
    name = name_of(phrases)
    if not _is_there(into, name):
        into.replace(kept_library.packed(load(phrases), name))
        into.read().close()


def built(phrases: Path = SHIPPED, installed: InstalledFile = INSTALLED) -> Library:
    """As ``load``; what was installed at once, and with all that is built of it."""
    try:
        found = kept_library.opened(installed.read(), name_of(phrases))
    except OSError:
        found = None
    return found[0] if found else load(phrases)


def shipped(phrases: Path = SHIPPED, installed: InstalledFile = INSTALLED) -> Library:
    """Likewise, with nothing built: for who changes it, looks at every phrase, and compares nothing with it."""
    found = built(phrases, installed)
    return Library(tuple(found.phrases), found.words)


def _is_there(at: InstalledFile, name: str) -> bool:
    try:
        return kept_library.opened(at.read(), name) is not None
    except OSError:
        return False


def main(argv: list[str]) -> int:
    try:
        install()
    except OSError as e:
        print(f"the shipped library cannot be kept, so each sensor builds its own: {e}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
