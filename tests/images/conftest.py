"""One caged browser for the tests that only draw with it."""

from collections.abc import Iterator

import pytest

from images.cage import Cage
from images.draw import Renderer
from images.settings import RendererSettings


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    with Renderer(RendererSettings()) as renderer:
        yield renderer


@pytest.fixture(scope="session")
def cage() -> Iterator[Cage]:
    cage = Cage(RendererSettings())
    yield cage
    cage.kill()
