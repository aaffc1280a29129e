"""The sample web, running, and a way to it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.sample.browser import Route
from appliance.sample.web import SampleWeb
from tests.appliance.sample.tunnels import Tunnels


@pytest.fixture
def web(tmp_path: Path) -> Iterator[SampleWeb]:
    with SampleWeb(tmp_path / "web", datetime.now(UTC)) as running:
        yield running


@pytest.fixture
def tunnels(web: SampleWeb) -> Iterator[Tunnels]:
    running = Tunnels(web.hosts)
    yield running
    running.close()


@pytest.fixture
def route(web: SampleWeb, tunnels: Tunnels) -> Route:
    return Route(tunnels.url, str(web.root), "127.0.1.9")
