"""What every test shares: which of them this environment can run, patience, and a disk of its own to fill."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

from tests.tmpfs import Tmpfs, mounted

# How long an example takes depends on what else the machine does; what must be quick has tests that measure it.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

collect_ignore = [] if find_spec("mitmproxy") else ["proxy_addons"]


@pytest.fixture
def tmpfs(tmp_path: Path) -> Iterator[Tmpfs]:
    """A disk of 32 megabytes."""
    with mounted(tmp_path / "disk", 32 * 2**20) as made:
        yield made
