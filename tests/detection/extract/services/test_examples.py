from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from detection.extract import extract, services
from detection.extract.services import SERVICES, Service
from tests.detection.extract.services.examples import Example, examples

EXAMPLES = examples()
SUPPORT = {"__init__", "base", "call", "deeper", "shapes", "without"}
"""Modules beside the services that are none themselves."""


def service_of(example: Example) -> Service:
    module = import_module(f"detection.extract.services.{example.service}")
    (service,) = (value for value in vars(module).values() if isinstance(value, Service))
    return service


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.service}: {example.what}")
def test_each_message_is_read_with_its_app_channel_conversation_author_and_words(example: Example) -> None:
    name = service_of(example).name
    assert list(extract(example.message)) == [replace(p, app=p.app or name) for p in example.reads]


def test_every_service_has_examples_is_listed_and_cites_its_source() -> None:
    files = {file.stem: file for file in Path(services.__file__).parent.glob("*.py") if file.stem not in SUPPORT}
    assert files.keys() == {example.service for example in EXAMPLES}
    assert len(files) == len(SERVICES)
    assert [stem for stem, file in files.items() if "Source" not in file.read_text("utf-8")] == []


def test_every_service_reads_something() -> None:
    assert {e.service for e in EXAMPLES} == {e.service for e in EXAMPLES if e.reads}
