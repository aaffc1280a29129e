import io
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import RequestEntityTooLarge

from appliance.request_body import bounded

APP = Flask(__name__)


def test_what_is_small_is_there_whole() -> None:
    with APP.test_request_context("/", method="POST", data=b"x" * 10):
        assert bounded(10) == b"x" * 10


@pytest.mark.parametrize(
    "said", [{"data": b"x" * 11}, {"input_stream": io.BytesIO(b"x" * 11)}], ids=["announced", "not"]
)
def test_more_than_that_is_refused_announced_or_not(said: dict[str, Any]) -> None:
    sent = APP.test_request_context("/", method="POST", environ_overrides={"wsgi.input_terminated": True}, **said)
    with sent, pytest.raises(RequestEntityTooLarge):
        bounded(10)
