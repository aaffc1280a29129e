import io
import json

import pytest
from flask import Flask
from werkzeug.exceptions import BadRequest, NotFound, RequestEntityTooLarge

from appliance.admission import NotYetError
from appliance.ingest_answers import RETRY_SECONDS, cannot_store, not_yet, refused, tagged, whole_body

APP = Flask(__name__)


def test_half_of_a_body_is_refused_so_that_the_sensor_tries_again() -> None:
    with APP.test_request_context("/", method="PUT", data=b"whole"):
        assert whole_body(10) == b"whole"
    announced = {"CONTENT_LENGTH": "5"}
    cut = APP.test_request_context("/", method="PUT", input_stream=io.BytesIO(b"wh"), environ_overrides=announced)
    with cut, pytest.raises(BadRequest):
        whole_body(10)
    with APP.test_request_context("/", method="PUT", data=b"x" * 11), pytest.raises(RequestEntityTooLarge):
        whole_body(10)


@pytest.mark.parametrize(("known", "status", "body"), [('"v1"', 304, b""), ('"v0"', 200, b"{}"), ("", 200, b"{}")])
def test_who_has_this_version_is_not_sent_it_again(known: str, status: int, body: bytes) -> None:
    with APP.test_request_context("/", headers={"If-None-Match": known} if known else {}):
        answer = tagged(b"{}", "v1")
        assert (answer.status_code, answer.headers["ETag"]) == (status, '"v1"')
        assert answer.get_data() == body or status == 304


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (refused(NotFound()), 404, "Not Found"),
        (not_yet(NotYetError("not known yet")), 503, "not known yet"),
        (cannot_store(OSError("/var/secret is full")), 503, "cannot store now"),
    ],
)
def test_why_not_is_said_in_words_that_quote_nothing(answer: object, status: int, said: str) -> None:
    answer = APP.make_response(answer)  # type: ignore[arg-type]
    assert (answer.status_code, json.loads(answer.get_data())) == (status, {"answer": said})
    assert answer.headers.get("Retry-After") == (str(RETRY_SECONDS) if status == 503 else None)
