"""A browser small enough to play a pupil: pages with what is on them, forms and JSON, through the gateway."""

import json
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlencode, urljoin, urlsplit

import urllib3
from selectolax.lexbor import LexborHTMLParser

USER_AGENT = (
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
ACCEPTS = {"document": PAGE, "style": "text/css,*/*;q=0.1", "image": "image/avif,image/webp,image/*,*/*;q=0.8"}
FORM = "application/x-www-form-urlencoded"
MOST_REDIRECTS = 5


class BrowserError(Exception):
    """A page that did not come as a browser needs it; the message names host and status, never a query."""


@dataclass(frozen=True, slots=True)
class Route:
    """How a person's traffic reaches the gateway."""

    proxy: str
    """``http://host:port``"""
    root: str
    """PEM file with the gateway's root certificate."""
    address: str
    """The address the traffic leaves from."""


@dataclass(frozen=True, slots=True)
class Page:
    url: str
    html: str


class Browser:
    """Without a cache: what is on a page is fetched with every page."""

    def __init__(self, route: Route, timeout: float = 20.0) -> None:
        self.route = route
        self._pool = urllib3.ProxyManager(
            route.proxy,
            ca_certs=route.root,
            source_address=(route.address, 0),
            retries=False,
            timeout=timeout,
            maxsize=4,
        )

    def open(self, url: str, referer: str = "") -> Page:
        """Read a page with all it shows; redirects are followed."""
        return self._load("GET", url, referer, None)

    def submit(self, page: Page, action: str, fields: dict[str, str]) -> Page:
        """Send a form that stands on ``page``; answers the page shown then."""
        return self._load("POST", urljoin(page.url, action), page.url, urlencode(fields).encode())

    def send_json(self, page: Page, target: str, value: object) -> object:
        """As a page's own script does it."""
        url = urljoin(page.url, target)
        headers = _headers(url, page.url, "empty", "cors")
        headers |= {"Content-Type": "application/json", "Origin": _origin(page.url)}
        return json.loads(self._fetch("POST", url, headers, json.dumps(value).encode()).data)

    def close(self) -> None:
        self._pool.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _load(self, method: str, url: str, referer: str, body: bytes | None) -> Page:
        for _ in range(MOST_REDIRECTS):
            headers = _headers(url, referer, "document", "navigate")
            if body is not None:
                headers |= {"Content-Type": FORM, "Origin": _origin(referer)}
            answer = self._fetch(method, url, headers, body)
            target = answer.get_redirect_location()
            if not target:
                page = Page(url, answer.data.decode("utf-8", "replace"))
                self._load_resources(page)
                return page
            method, url, body = "GET", urljoin(url, target), None
        raise BrowserError(f"{urlsplit(url).netloc}: too many redirects")

    def _load_resources(self, page: Page) -> None:
        tree = LexborHTMLParser(page.html)
        styles = [node.attributes.get("href") for node in tree.css("link[rel=stylesheet]")]
        images = [node.attributes.get("src") for node in tree.css("img[src]")]
        wanted = [("style", link) for link in styles] + [("image", link) for link in images]
        for kind, link in dict.fromkeys(wanted):
            url = urljoin(page.url, link or "")
            self._fetch("GET", url, _headers(url, page.url, kind, "no-cors"), None)

    def _fetch(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> urllib3.BaseHTTPResponse:
        answer = self._pool.request(method, url, headers=headers, body=body, redirect=False)
        if answer.status >= 400:
            raise BrowserError(f"{urlsplit(url).netloc}: answered {answer.status}")
        return answer


def _headers(url: str, referer: str, dest: str, mode: str) -> dict[str, str]:
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": ACCEPTS.get(dest, "*/*"),
        "Accept-Language": "en-GB,en;q=0.9",
        "Accept-Encoding": "gzip, deflate",
        "Sec-Fetch-Dest": dest,
        "Sec-Fetch-Mode": mode,
        "Sec-Fetch-Site": _relation(url, referer),
    }
    if mode == "navigate":
        headers |= {"Sec-Fetch-User": "?1", "Upgrade-Insecure-Requests": "1"}
    if referer:
        same = _origin(url) == _origin(referer)
        headers["Referer"] = referer if same else _origin(referer) + "/"
    return headers


def _relation(url: str, referer: str) -> str:
    if not referer:
        return "none"
    if _origin(url) == _origin(referer):
        return "same-origin"
    here, there = urlsplit(url).hostname or "", urlsplit(referer).hostname or ""
    return "same-site" if here.split(".")[-2:] == there.split(".")[-2:] else "cross-site"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
