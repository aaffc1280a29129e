"""Whether this machine lets a test have a network of its own."""

import os
import shutil
import subprocess
from functools import cache

import pytest


@cache
def why_not() -> str:
    """Empty where it does."""
    if os.geteuid() != 0:
        return "a network of its own needs root"
    if missing := [name for name in ("ip", "nft", "unshare") if not shutil.which(name, path=_PATH)]:
        return f"{missing[0]} is not here"
    for command in (
        ["unshare", "--net", "nft", "list", "ruleset"],
        ["ip", "netns", "add", (name := f"gh-{os.getpid()}")],
    ):
        if subprocess.run(command, capture_output=True, env={"PATH": _PATH}, check=False).returncode != 0:
            return f"{command[0]} may not make networks here"
    subprocess.run(["ip", "netns", "delete", name], env={"PATH": _PATH}, check=True)
    return ""


_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
needs_own_network = pytest.mark.skipif(why_not() != "", reason=why_not() or "-")
