"""What a browser says about why it asks (Fetch Metadata request headers): the person, or a page in their name."""

from mitmproxy.http import Headers

from detection.observation import Direction
from proxy_addons.message_headers import header

MARKUP = frozenset({"text/html", "application/xhtml+xml"})
"""What a page is made of; any other text is data, which a page may fetch to show."""
NEVER_WRITTEN = frozenset({"audio", "font", "image", "manifest", "script", "style", "track", "video", "worker"})
"""Sec-Fetch-Dest of what a page fetches for itself: its addresses carry nobody's words."""
FRAMES = frozenset({"iframe", "frame", "embed", "object", "fencedframe"})


def direction(headers: Headers) -> Direction:
    """Who wrote a request. What says nothing of itself (apps, old browsers) counts as written by the person."""
    if "prefetch" in _said(headers, b"sec-purpose") + _said(headers, b"purpose"):
        return Direction.SENT_BY_PAGE
    if _said(headers, b"sec-fetch-site") != "cross-site":
        return Direction.WRITTEN
    mode, to = _said(headers, b"sec-fetch-mode"), _said(headers, b"sec-fetch-dest")
    by_hand = header(headers, b"sec-fetch-user") == "?1"
    if mode == "no-cors" or to in FRAMES or (mode == "navigate" and not by_hand):
        # A picture, a beacon, an advertisement's frame, a form that sends itself, a redirect by script.
        return Direction.SENT_BY_PAGE
    return Direction.WRITTEN


def is_page(headers: Headers) -> bool:
    """Whether markup that answers this request is put before the person as a page, or part of their page."""
    to = _said(headers, b"sec-fetch-dest")
    if to in FRAMES or to == "empty":
        # A site's own page in a frame, or a piece of one, is read; a stranger's advertisement is not.
        return _said(headers, b"sec-fetch-site") in ("same-origin", "same-site")
    return is_navigation(headers)


def is_third_party(headers: Headers) -> bool:
    """Whether a page fetched this from somebody else's site."""
    return _said(headers, b"sec-fetch-site") == "cross-site"


def is_navigation(headers: Headers) -> bool:
    """Whether the person's window goes there, so that what follows is a page of its own."""
    to = _said(headers, b"sec-fetch-dest")
    return to == "document" or (not to and "text/html" in _said(headers, b"accept"))


def _said(headers: Headers, name: bytes) -> str:
    return header(headers, name).lower()
