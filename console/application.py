"""The review console, put together: ``create_app`` is the only way in."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.middleware.proxy_fix import ProxyFix

from console import (
    access,
    account,
    alerts,
    captures,
    db,
    decisions,
    devices,
    error_pages,
    guide,
    headers,
    health,
    incidents,
    passkeys,
    people,
    queue,
    rail,
    sealed_addresses,
    sign_in,
    template_words,
)
from console.ceremonies import Ceremonies
from console.settings import ConsoleSettings, secret_key
from console.visible import visible
from images.vault import Vault

LARGEST_REQUEST = 64 * 1024


class Console(Flask):
    jinja_options = {"finalize": visible, "trim_blocks": True, "lstrip_blocks": True}  # noqa: RUF012  # Flask's own way


def create_app(
    settings: ConsoleSettings, sessions: sessionmaker[Session], vault: Vault, clock: Callable[[], datetime]
) -> Flask:
    """ValueError where the secret key or the private key will not do. ``clock`` gives aware times."""
    app = Console(__name__)
    app.config.update(_configuration(settings))
    app.extensions.update({"settings": settings, "vault": vault, "clock": clock})
    app.extensions["ceremonies"] = Ceremonies(settings.public_url) if settings.public_url else None
    db.init_app(app, sessions)
    sealed_addresses.init_app(app)
    Bootstrap5(app)
    access.init_app(app)
    CSRFProtect(app)
    headers.init_app(app)
    error_pages.init_app(app)
    template_words.init_app(app)
    app.context_processor(_on_every_page)
    parts = (sign_in, queue, incidents, decisions, captures, people, devices, health, account, passkeys, guide)
    for part in parts:
        app.register_blueprint(part.bp)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    return app


def _configuration(settings: ConsoleSettings) -> dict[str, object]:
    return {
        "SECRET_KEY": secret_key(settings.secret_key_file),
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST,
        # __Host- binds the cookie to this host and to HTTPS, in the browser itself.
        "SESSION_COOKIE_NAME": "__Host-gatehouse" if settings.cookie_secure else "gatehouse",
        "SESSION_COOKIE_SECURE": settings.cookie_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        # Lax, not Strict: the link in an alert must find the reader signed in. A GET only notes the look.
        "SESSION_COOKIE_SAMESITE": "Lax",
        "BOOTSTRAP_SERVE_LOCAL": True,
        # The form token lives as long as the sign-in. There is no Referer to compare: our own policy withholds it.
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
    }


def _on_every_page() -> dict[str, object]:
    reviewer = access.reviewer() if access.signed_in() else None
    at_work = reviewer is not None and not access.is_kept_to_account()
    return {
        "reviewer": reviewer,
        "rail": rail.rail(reviewer) if at_work and reviewer else (),
        "alert": alerts.alert() if at_work else None,
        "keys_on": account.keys_on(),
        "now": access.now(),
    }
