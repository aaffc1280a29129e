"""A helpline, which the gateway must leave alone: what a child writes here is nobody's business but the helpline's."""

from appliance.sample.exchange import Request, Response, not_found
from appliance.sample.pages import page


def helpline(request: Request) -> Response:
    return page("helpline.html") if request.path == "/" else not_found()
