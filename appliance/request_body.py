"""The whole body of a request that is small, or it is refused."""

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge


def bounded(limit: int) -> bytes:
    """RequestEntityTooLarge beyond ``limit`` bytes."""
    request.max_content_length = limit
    if (request.content_length or 0) > limit:
        raise RequestEntityTooLarge
    return request.get_data(cache=False)
