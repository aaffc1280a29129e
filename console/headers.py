"""The headers every answer carries: nothing is loaded from elsewhere, framed, guessed, cached or passed on."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
STATIC = ("static", "bootstrap.static")


def init_app(app: Flask) -> None:
    app.after_request(_add)


def shut_in(response: Response, policy: str) -> None:
    """What holds for every page of ours. ``policy``: what may be loaded from where."""
    headers = response.headers
    headers["Content-Security-Policy"] = policy
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


def _add(response: Response) -> Response:
    shut_in(response, POLICY)
    headers = response.headers
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint not in STATIC:
        # A shared computer's Back button must not show a child's words after sign-out.
        headers["Cache-Control"] = "no-store"
    return response
