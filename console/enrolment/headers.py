"""The headers of every answer of the enrolment page: nothing is loaded from elsewhere but the trust check."""

from flask import Flask, Response, request

from console.enrolment.settings import EnrolmentSettings

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' {check}; object-src {check}; "
    "frame-src {check}; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)


def init_app(app: Flask, settings: EnrolmentSettings) -> None:
    host = settings.trust_check_host
    policy = POLICY.format(check=f"https://{host} http://{host}")

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = policy
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
        if request.endpoint == "static":
            headers["Cache-Control"] = "max-age=3600"
        else:
            headers.setdefault("Cache-Control", "no-store")
        return response
