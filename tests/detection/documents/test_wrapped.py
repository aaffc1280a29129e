import base64
import json
import time

import pytest

from detection.documents.carried import MOST_FILES, carried
from detection.documents.wrapped import holds_wrapped, wrapped
from tests.detection.documents.factories import docx, pdf

LETTER, PAGE = docx("see you at the river"), pdf("see you there")
CODED = base64.b64encode(LETTER).decode()


@pytest.mark.parametrize(
    "text",
    [
        CODED,
        CODED.rstrip("="),
        base64.urlsafe_b64encode(LETTER).decode(),
        f"data:application/octet-stream;base64,{CODED}",
    ],
)
@pytest.mark.parametrize("slash", ["/", "\\/"])
def test_a_document_in_a_string_is_found(text: str, slash: str) -> None:
    body = json.dumps({"name": "a.docx", "file": {"data": text}}).replace("/", slash).encode()
    assert holds_wrapped(body)
    assert list(wrapped(body)) == [LETTER]


def test_of_json_all_files_are_carried_up_to_a_limit() -> None:
    files = [base64.b64encode(PAGE).decode()] * (MOST_FILES + 1)
    assert list(carried("application/json", json.dumps(files).encode())) == [PAGE] * MOST_FILES


@pytest.mark.parametrize("body", [b"", b'{"id": "UEsDB"}', b'{"picture": "iVBORw0KGgo%s"}' % (b"A" * 100)])
def test_other_strings_are_none(body: bytes) -> None:
    assert not holds_wrapped(body)
    assert list(carried("application/json", body)) == []


def test_hostile_bytes_take_time_in_proportion() -> None:
    began = time.process_time()
    for body in (b'"UEsDB' * 500_000, b'"JVBERi0' + b"\\/" * 1_000_000, b"," * 2_000_000):
        list(wrapped(body))
    assert time.process_time() - began < 2
