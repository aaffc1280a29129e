import json

import pytest

from appliance.sample.exchange import request
from appliance.sample.sites.assistant import assistant


def asked(content: str) -> bytes:
    return json.dumps({"messages": [{"role": "user", "content": content}]}).encode()


def test_it_answers_out_of_the_articles() -> None:
    answer = json.loads(assistant(request("POST", "/api/chat", asked("what is a cell nucleus?"))).body)
    assert answer["message"]["role"] == "assistant"
    assert "nucleus" in answer["message"]["content"]


def test_it_says_so_when_it_does_not_know() -> None:
    answer = json.loads(assistant(request("POST", "/api/chat", asked("zither"))).body)
    assert "not sure" in answer["message"]["content"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"messages": []}', b'{"messages": [1]}', b"\xff"])
def test_a_question_it_cannot_read_is_refused(body: bytes) -> None:
    assert assistant(request("POST", "/api/chat", body)).status == 400


def test_the_page_and_no_other() -> None:
    assert assistant(request("GET", "/")).status == 200
    assert assistant(request("GET", "/api/chat")).status == 404
