import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import urllib3

from appliance.sample.authority import Authority
from appliance.sample.browser import Browser, BrowserError, Page, Route
from tests.appliance.sample.tunnels import Tunnels

HOST = "site.test"
PAGE = b"""<title>Here</title><link rel=stylesheet href=/look.css><link rel=icon href=/icon.png>
<img src="pictures/one.jpg"><img src="pictures/one.jpg"><img alt="nothing">"""


class Recorder(BaseHTTPRequestHandler):
    """Answers anything below /moved with a redirect, /gone with 404, else with one page."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, dict[str, str], bytes]]

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.asked.append((f"{self.command} {self.path}", dict(self.headers), body))
        status = 303 if self.path.startswith("/moved") else 404 if self.path.startswith("/gone") else 200
        answer = b'{"said": "yes"}' if self.path == "/json" else PAGE
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        if status == 303:
            self.send_header("Location", "/moved/again" if self.path.startswith("/moved/") else "/sub/")
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def asked() -> list[tuple[str, dict[str, str], bytes]]:
    return []


@pytest.fixture
def browser(tmp_path: Path, asked: list[tuple[str, dict[str, str], bytes]]) -> Iterator[Browser]:
    authority = Authority(tmp_path)
    authority.prepare((HOST,), datetime.now(UTC))
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Recording", (Recorder,), {"asked": asked}))
    server.daemon_threads = False
    server.socket = authority.server_context().wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    tunnels = Tunnels({HOST: ("127.0.0.1", server.server_port)})
    with Browser(Route(tunnels.url, str(authority.root), "127.0.1.9")) as opened:
        yield opened
    tunnels.close()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_comes_with_its_style_sheets_and_pictures(
    browser: Browser, asked: list[tuple[str, dict[str, str], bytes]]
) -> None:
    page = browser.open(f"https://{HOST}/sub/page")
    assert [line for line, _, _ in asked] == ["GET /sub/page", "GET /look.css", "GET /sub/pictures/one.jpg"]
    document, style, picture = (headers for _, headers, _ in asked)
    assert (document["Sec-Fetch-Dest"], document["Sec-Fetch-Mode"], document["Sec-Fetch-Site"]) == (
        "document",
        "navigate",
        "none",
    )
    assert "Referer" not in document
    for headers, kind in ((style, "style"), (picture, "image")):
        assert (headers["Sec-Fetch-Dest"], headers["Sec-Fetch-Mode"]) == (kind, "no-cors")
        assert (headers["Sec-Fetch-Site"], headers["Referer"]) == ("same-origin", page.url)


def test_a_form_leads_to_the_page_after_it(browser: Browser, asked: list[tuple[str, dict[str, str], bytes]]) -> None:
    shown = browser.submit(Page(f"https://{HOST}/form", ""), "/moved", {"essay": "Ä & B"})
    (post, headers, body), (get, then, _) = asked[:2]
    assert (post, body) == ("POST /moved", b"essay=%C3%84+%26+B")
    assert (headers["Origin"], headers["Referer"]) == (f"https://{HOST}", f"https://{HOST}/form")
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert (get, then.get("Content-Type"), shown.url) == ("GET /sub/", None, f"https://{HOST}/sub/")


def test_a_script_sends_json(browser: Browser, asked: list[tuple[str, dict[str, str], bytes]]) -> None:
    assert browser.send_json(Page(f"https://{HOST}/", ""), "/json", {"q": 1}) == {"said": "yes"}
    _, headers, body = asked[0]
    assert (headers["Sec-Fetch-Dest"], headers["Sec-Fetch-Mode"], body) == ("empty", "cors", b'{"q": 1}')


def test_from_another_site_only_its_name_is_told(
    browser: Browser, asked: list[tuple[str, dict[str, str], bytes]]
) -> None:
    browser.open(f"https://{HOST}/", referer="https://other.example/private?q=1")
    browser.open(f"https://{HOST}/", referer="https://www.site.test/private?q=1")
    told = [(headers["Referer"], headers["Sec-Fetch-Site"]) for line, headers, _ in asked if line == "GET /"]
    assert told == [("https://other.example/", "cross-site"), ("https://www.site.test/", "same-site")]


@pytest.mark.parametrize(
    ("path", "why"), [("/gone", "site.test: answered 404"), ("/moved/for-ever", "site.test: too many redirects")]
)
def test_a_page_that_does_not_come_is_said_without_its_query(browser: Browser, path: str, why: str) -> None:
    with pytest.raises(BrowserError) as failed:
        browser.open(f"https://{HOST}{path}?q=private")
    assert str(failed.value) == why


def test_the_traffic_leaves_from_the_persons_address(tunnels: Tunnels, route: Route) -> None:
    with Browser(route) as browser:
        browser.open("https://homework.test/")
    assert tunnels.asked == [("127.0.1.9", "homework.test")]


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path, tunnels: Tunnels) -> None:
    stranger = Authority(tmp_path / "stranger")
    stranger.prepare((HOST,), datetime.now(UTC))
    with (
        Browser(Route(tunnels.url, str(stranger.root), "127.0.1.9")) as browser,
        pytest.raises(urllib3.exceptions.SSLError) as refused,
    ):
        browser.open("https://homework.test/")
    assert isinstance(refused.value.args[0], ssl.SSLError)
