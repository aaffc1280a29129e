"""docs/extending.md shows how a service is added; what it shows must work as it stands."""

import re
from pathlib import Path

from detection.extract.services import Service
from tests.detection.extract.services.examples import of_text

PAGE = Path(__file__).parents[4] / "docs" / "extending.md"


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    return str(found)


def test_the_service_shown_reads_the_examples_shown() -> None:
    made: dict[str, object] = {}
    exec(compile(block("python"), "extending.md", "exec"), made)  # our own documentation
    (service,) = (value for value in made.values() if isinstance(value, Service))
    for example in of_text("schooltalk", block("toml")):
        assert service.read(example.message) == list(example.reads), example.what


def test_the_files_it_names_are_there() -> None:
    names = re.findall(r"`((?:detection|tests|docs)/[\w/]+\.(?:py|md|toml))`", PAGE.read_text("utf-8"))
    root = PAGE.parents[1]
    assert [name for name in names if "schooltalk" not in name and not (root / name).exists()] == []
