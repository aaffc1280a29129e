"""Whether a visitor comes from outside the school, and whether their password alone is then enough."""

import ipaddress

from flask import Request, current_app, request

from console.settings import ConsoleSettings, PasskeysRequired


def passkey_needed() -> bool:
    """Of whoever sends this request."""
    settings = _settings()
    match settings.passkeys_required:
        case PasskeysRequired.ALWAYS:
            return True
        case PasskeysRequired.OUTSIDE:
            return is_outside()
    return False


def is_outside() -> bool:
    return not _is_inside(request, _settings())


def by_passkeys_name() -> bool:
    """Whether this visitor came by the host name to which passkeys belong: by another no browser offers them."""
    return (request.host.rpartition(":")[0] or request.host) == _settings().passkey_host


def _is_inside(asked: Request, settings: ConsoleSettings) -> bool:
    try:
        address = ipaddress.ip_address(asked.remote_addr or "")
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    if any(address in ipaddress.ip_network(network) for network in settings.inside):
        return True
    # What a proxy on this machine passes on is not from this machine, even where the proxy does not say from whom.
    return address.is_loopback and not _was_passed_on(asked)


def _was_passed_on(asked: Request) -> bool:
    return any(name in asked.headers for name in ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via"))


def _settings() -> ConsoleSettings:
    settings: ConsoleSettings = current_app.extensions["settings"]
    return settings
