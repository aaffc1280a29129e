"""Shows the notice page in the person's own browser, as each system has one opened."""

import os
import subprocess
import sys
from pathlib import Path

from agent.telling.page import page
from agent.telling.words import Told
from detection.private_file import replace_privately


class NoBrowser(OSError):
    """A sentence that says what to open."""


def show_page(told: Told, folder: Path) -> Path:
    """The file it opened, in ``folder``. NoBrowser where none could be opened; OSError where it cannot be written."""
    file = folder / "gatehouse-notice.html"
    replace_privately(file, page(told).encode())
    if sys.platform == "win32":
        os.startfile(file)  # noqa: S606  # it is a page of ours
    else:
        opens = "open" if sys.platform == "darwin" else "xdg-open"
        try:
            subprocess.run([opens, str(file)], check=True)
        except (FileNotFoundError, subprocess.CalledProcessError):
            raise NoBrowser(f"there is no {opens} here that works; open {file} in a browser") from None
    return file
