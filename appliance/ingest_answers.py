"""What ingest answers with, and how it reads what it was sent."""

import json
import logging
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, HTTPException

from appliance.admission import NotYetError

RETRY_SECONDS = 5

logger = logging.getLogger("gatehouse.ingest")


def whole_body(limit: int) -> bytes:
    """Whole, or BadRequest, after which the sensor tries again: half of a body is nobody's mistake in sealing it."""
    request.max_content_length = limit
    body = request.get_data(cache=False)
    if len(body) < (request.content_length or 0):
        raise BadRequest
    return body


def tagged(body: bytes, version: str, kind: str = "application/json") -> Response:
    """304 for a sensor that has this version."""
    response = Response(body, mimetype=kind)
    response.set_etag(version)
    response.make_conditional(request)
    return response


def reply(status: int, said: str) -> Response:
    """``said``: why, quoting nothing that was sent."""
    return Response(json.dumps({"answer": said}), status, mimetype="application/json")


def refused(error: HTTPException) -> ResponseReturnValue:
    return reply(error.code or 500, error.name)


def not_yet(error: NotYetError) -> ResponseReturnValue:
    return _again(str(error))


def cannot_store(error: Any) -> ResponseReturnValue:
    logger.error("cannot store now: %s", type(error).__name__)
    return _again("cannot store now")


def _again(said: str) -> Response:
    """Later."""
    response = reply(503, said)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
