"""Where a file was fetched from, if the program that fetched it wrote that down beside it."""

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

_ATTRIBUTE = "user.xdg.origin.url"
"""One of freedesktop's common extended attributes; curl --xattr and wget --xattr write it, Chromium does not."""
_LONGEST = 2000


def origin(path: Path) -> str:
    """Without what may be secret in it: sign-in, query and fragment. Empty where nothing is known."""
    if not hasattr(os, "getxattr"):
        return ""
    try:
        written = os.getxattr(path, _ATTRIBUTE, follow_symlinks=False)
    except OSError:
        return ""
    return bare_address(written.decode("utf-8", "replace")[:_LONGEST])


def bare_address(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return urlunsplit((parts.scheme, host, parts.path, "", "")) if parts.scheme in ("http", "https") and host else ""
