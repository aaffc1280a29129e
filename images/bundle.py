"""Recorded evidence made ready for the browser: which answer is the page, and what each address in it gets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from detection.evidence import Exchange
from images.orders import Resource

MOST_OF_ONE, MOST_OF_ALL = 8 * 2**20, 32 * 2**20
"""Bytes of one body and of all a page's bodies: beyond, the browser's driver jams."""
MOST_REDIRECTS = 10
DRAWABLE = ("text/html", "application/xhtml+xml", "text/plain")
_KEPT = frozenset(
    (
        *("content-type", "content-language", "content-security-policy", "referrer-policy"),
        *("x-content-type-options", "x-frame-options", "access-control-allow-origin"),
        *("access-control-allow-credentials", "cross-origin-resource-policy", "cross-origin-embedder-policy"),
    )
)
"""Headers that change how a page looks. Others would lead away from it: Refresh, downloads, HTTPS instead of HTTP."""


class NotDrawable(ValueError):
    """The evidence holds no page; the message says why in a whole sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    url: str
    """Of the page itself, after redirects."""
    resources: tuple[Resource, ...]


def bundle(exchanges: tuple[Exchange, ...], url: str) -> Bundle:
    """What the browser needs to draw ``url`` as it was answered, or NotDrawable."""
    answers = {address: e for e in reversed(exchanges) if (address := _address(e.url))}
    page = _page(exchanges, answers, url)
    if _kind(page) not in DRAWABLE:
        raise NotDrawable(f"What was recorded is not a page ({_kind(page) or 'of no stated kind'}).")
    resources = [_resource(_address(page.url), page)]
    room = MOST_OF_ALL - len(resources[0].body)
    for address, exchange in _others(exchanges, answers, page):
        if exchange.method != "GET" or len(exchange.body) > min(MOST_OF_ONE, room):
            continue
        room -= len(exchange.body)
        resources.append(_resource(address, exchange))
    return Bundle(url=_address(page.url), resources=tuple(resources))


def _page(exchanges: tuple[Exchange, ...], answers: Mapping[str, Exchange], url: str) -> Exchange:
    """The exchange of that address; where a sensor shortened the address, the first: a bundle opens with its page."""
    if not exchanges:
        raise NotDrawable("Nothing of the page was recorded.")
    asked = answers.get(_address(url)) or _shortened(exchanges, url) or exchanges[0]
    page = _followed(asked, answers)
    if not page.body:
        raise NotDrawable("The page's bytes were not recorded.")
    return page


def _shortened(exchanges: Iterable[Exchange], url: str) -> Exchange | None:
    wanted = urlsplit(url)[:3]
    return next((e for e in exchanges if urlsplit(e.url)[:3] == wanted), None)


def _followed(exchange: Exchange, answers: Mapping[str, Exchange]) -> Exchange:
    """The browser does not ask us again after a redirect, so the redirect is walked here."""
    for _ in range(MOST_REDIRECTS):
        location = _header(exchange, "location")
        if not (300 <= exchange.status < 400 and location):
            break
        following = answers.get(_address(urljoin(exchange.url, location)))
        if following is None:
            break
        exchange = following
    return exchange


def _others(
    exchanges: tuple[Exchange, ...], answers: Mapping[str, Exchange], page: Exchange
) -> Iterable[tuple[str, Exchange]]:
    """Every address once, with what it answers in the end; styles first, so that too full a bundle keeps its looks."""
    unique = [(address, _followed(e, answers)) for address, e in answers.items() if e is not page]
    return sorted(unique, key=lambda pair: (not pair[1].media_type.startswith("text/"), len(pair[1].body)))


def _resource(address: str, exchange: Exchange) -> Resource:
    headers = {name.lower(): value for name, value in exchange.response_headers if value and name.lower() in _KEPT}
    if kind := _kind(exchange):
        headers.setdefault("content-type", kind)
    return Resource(
        url=address,
        # A page that said 404 is drawn all the same; 204 and 304 would leave the window empty.
        status=200 if exchange.status in (0, 204, 304) or 300 <= exchange.status < 400 else exchange.status,
        headers=tuple(headers.items()),
        body=exchange.body[:MOST_OF_ONE],
    )


def _kind(exchange: Exchange) -> str:
    """Its media type; where the server said none, a page is known by how it begins, as browsers do."""
    return exchange.media_type or ("text/html" if exchange.body.lstrip()[:1] == b"<" else "")


def _header(exchange: Exchange, name: str) -> str:
    return next((value for key, value in exchange.response_headers if key.lower() == name), "")


def _address(url: str) -> str:
    """As the browser will ask for it: without fragment, the root path written out; empty if it is no web address."""
    try:
        parts = urlsplit(urldefrag(url).url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return urlunsplit(parts._replace(path=parts.path or "/"))
