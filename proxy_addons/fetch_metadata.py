"""What a browser says about why it asks (Fetch Metadata request headers): the person, or a page in their name."""

from urllib.parse import urlsplit

from mitmproxy.http import Headers, Request

from detection.growing_searches import Asked
from detection.observation import Direction
from proxy_addons.message_headers import header, media_type
from proxy_addons.registered_site import site
from proxy_addons.request_address import host_of

MARKUP = frozenset({"text/html", "application/xhtml+xml"})
"""What a page is made of; any other text is data, which a page may fetch to show."""
NEVER_WRITTEN = frozenset({"audio", "font", "image", "manifest", "script", "style", "track", "video", "worker"})
"""Sec-Fetch-Dest of what a page fetches for itself: its addresses carry nobody's words."""
FRAMES = frozenset({"iframe", "frame", "embed", "object", "fencedframe"})
_LOOKS_UP = frozenset({"GET", "HEAD"})
_ANY_FORM = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
_BY_ITSELF = frozenset({b"x-client-data", b"x-requested-with"})
"""What browsers and web views add themselves."""


def direction(request: Request) -> Direction:
    """Who wrote a request. What says nothing of itself (apps, old browsers) counts as written by the person."""
    headers = request.headers
    if "prefetch" in _said(headers, b"sec-purpose") + _said(headers, b"purpose"):
        return Direction.SENT_BY_PAGE
    asked_from = _said(headers, b"sec-fetch-site")
    sent = _is_sent_unasked(request) if asked_from == "cross-site" else not asked_from and _is_of_another_site(request)
    return Direction.SENT_BY_PAGE if sent else Direction.WRITTEN


def _is_sent_unasked(request: Request) -> bool:
    """A picture, a beacon, an advertisement's frame, a form that sends itself, a redirect by script; and a search that
    a script fires at somebody else's site, which a page may do without that site's leave."""
    headers = request.headers
    mode, to = _said(headers, b"sec-fetch-mode"), _said(headers, b"sec-fetch-dest")
    by_hand = header(headers, b"sec-fetch-user") == "?1"
    if mode == "no-cors" or to in FRAMES or (mode == "navigate" and not by_hand):
        return True
    return mode == "cors" and request.method in _LOOKS_UP and _needs_no_leave(headers)


def _is_of_another_site(request: Request) -> bool:
    """What ``Referer`` and ``Origin`` tell where a browser says nothing else: old ones, and all over plain HTTP."""
    headers = request.headers
    asker = header(headers, b"referer") or header(headers, b"origin")
    if not asker or not _needs_no_leave(headers):
        return False
    return site(_host(asker)) != site(host_of(request))


def _needs_no_leave(headers: Headers) -> bool:
    """Whether any page may send this anywhere; for more a browser asks the other site first (CORS)."""
    kind = media_type(headers)
    named = {name.lower() for name, _ in headers.fields}
    return (not kind or kind in _ANY_FORM) and not any(
        name == b"authorization" or (name.startswith(b"x-") and name not in _BY_ITSELF) for name in named
    )


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def is_page(headers: Headers) -> bool:
    """Whether markup that answers this request is put before the person as a page, or part of their page."""
    to = _said(headers, b"sec-fetch-dest")
    if to in FRAMES or to == "empty":
        # A site's own page in a frame, or a piece of one, is read; a stranger's advertisement is not.
        return _said(headers, b"sec-fetch-site") in ("same-origin", "same-site")
    return is_navigation(headers)


def how_asked(headers: Headers) -> Asked:
    """Whether the person goes to another page, or the one they are on asks."""
    mode = _said(headers, b"sec-fetch-mode")
    if not mode:
        return Asked.UNSAID
    return Asked.OPENED if mode == "navigate" else Asked.BY_SCRIPT


def is_third_party(headers: Headers) -> bool:
    """Whether a page fetched this from somebody else's site."""
    return _said(headers, b"sec-fetch-site") == "cross-site"


def is_navigation(headers: Headers) -> bool:
    """Whether the person's window goes there, so that what follows is a page of its own."""
    to = _said(headers, b"sec-fetch-dest")
    return to == "document" or (not to and "text/html" in _said(headers, b"accept"))


def _said(headers: Headers, name: bytes) -> str:
    return header(headers, name).lower()
