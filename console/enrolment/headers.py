"""The headers of every answer of the enrolment page: nothing is loaded from elsewhere but the trust check."""

from flask import Flask, Response, request

from console.enrolment.settings import EnrolmentSettings
from console.headers import shut_in

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' {check}; object-src {check}; "
    "frame-src {check}; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)


def init_app(app: Flask, settings: EnrolmentSettings) -> None:
    host = settings.trust_check_host
    policy = POLICY.format(check=f"https://{host} http://{host}")

    @app.after_request
    def add(response: Response) -> Response:
        shut_in(response, policy)
        if request.endpoint == "static":
            response.headers["Cache-Control"] = "max-age=3600"
        else:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
