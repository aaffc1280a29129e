from dataclasses import replace
from pathlib import Path

import pytest

from detection.extract import extract, services
from detection.extract.services import SERVICES, service_at
from tests.detection.extract.services.examples import Example, examples

EXAMPLES = examples()
SUPPORT = {"__init__", "base", "call", "deeper", "replies", "shapes", "without"}
"""Modules beside the services that are none themselves."""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.service}: {example.what}")
def test_each_message_is_read_with_its_app_channel_conversation_author_and_words(example: Example) -> None:
    service = service_at(example.message.url)
    name = service.name if service else ""
    assert list(extract(example.message)) == [replace(p, app=p.app or name) for p in example.reads]


def test_every_service_has_examples_is_listed_and_cites_its_source() -> None:
    files = {file.stem: file for file in Path(services.__file__).parent.glob("*.py") if file.stem not in SUPPORT}
    assert files.keys() == {example.service for example in EXAMPLES}
    assert {service.name for service in SERVICES} == {
        found.name for e in EXAMPLES if (found := service_at(e.message.url))
    }
    assert [stem for stem, file in files.items() if "Source" not in file.read_text("utf-8")] == []


def test_every_service_reads_something() -> None:
    assert {e.service for e in EXAMPLES} == {e.service for e in EXAMPLES if e.reads}
