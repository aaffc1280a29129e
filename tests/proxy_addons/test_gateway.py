"""The whole gateway at work: what it reports of each way in which words pass, by itself and under mitmdump."""

import json
import shutil
import socket
import ssl
import subprocess
from urllib.parse import urlencode

import pytest
import urllib3
from mitmproxy import hooks

from proxy_addons import gateway as module
from tests.proxy_addons.conftest import settings, started
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.origin import Answer
from tests.proxy_addons.reports import BROWSER, FORM, WORDS, evidence_of, reported
from tests.websocket_client import connect


def test_a_search_is_reported_as_written(running):
    running.web.answers["/search"] = Answer(b"<p>Nothing found</p>")
    answer = running.browser().request(
        "GET", "https://search.test/search?q=i+want+to+hurt+myself+first", headers=BROWSER
    )
    assert answer.data == b"<p>Nothing found</p>"
    seen = reported(running, f"{WORDS} first").detection.observation
    assert (seen.channel, seen.direction, seen.app) == ("search", "written", "search.test")
    assert seen.subject.address == "127.0.0.1"


def test_a_form_is_reported_and_arrives_untouched(running):
    running.web.answers["/post"] = Answer(b"{}", {"Content-Type": "application/json"})
    body = b"title=Today&message=i+want+to+hurt+myself+second&password=hunter-pass"
    running.browser().request("POST", "https://forum.test/post", body=body, headers=FORM)
    report = reported(running, f"{WORDS} second")
    assert running.web.asked[-1].body == body
    assert report.detection.observation.direction == "written"
    entries, bodies = evidence_of(running, report)
    assert entries[0]["request"]["url"] == "https://forum.test/post"
    assert b"hunter-pass" not in b"".join(bodies.values())


def test_a_sentence_saved_piece_by_piece_is_reported_whole(running):
    running.web.answers["/document/d/diary-1/save"] = Answer(b"{}", {"Content-Type": "application/json"})
    browser, at = running.browser(), 1
    for piece in ("i want", " to hur", "t myself", " typed", ".", " "):
        bundles = json.dumps([{"commands": [{"ty": "is", "ibi": at, "s": piece}], "sid": "5f2a", "reqId": at}])
        body = urlencode({"rev": at, "bundles": bundles}).encode()
        browser.request("POST", "https://docs.google.com/document/d/diary-1/save?tab=t.0", body=body, headers=FORM)
        at += len(piece)
    seen = reported(running, f"{WORDS} typed.").detection.observation
    assert (seen.channel, seen.direction, seen.app) == ("document", "written", "Google Docs")


def test_a_page_is_reported_before_it_arrives_and_its_pictures_follow(running):
    running.web.answers["/page"] = Answer(b'<img src="/dot.png"><p>i want to hurt myself third</p>')
    running.web.answers["/dot.png"] = Answer(b"\x89PNG a picture", {"Content-Type": "image/png"})
    browser = running.browser()
    page = browser.request("GET", "https://forum.test/page", headers=BROWSER)
    browser.request("GET", "https://forum.test/dot.png", headers={"Referer": "https://forum.test/page"})
    report = reported(running, f"{WORDS} third")
    seen = report.detection.observation
    assert (seen.channel, seen.direction) == ("page", "shown")
    entries, bodies = evidence_of(running, report)
    assert [entry["request"]["url"] for entry in entries] == ["https://forum.test/page"]
    assert any(body.endswith(page.data) for body in bodies.values())
    fuller = eventually(lambda: running.appliance.fuller.get(seen.id))
    entries = eventually(lambda: running.appliance.index(fuller["index"]))
    assert [entry["request"]["url"] for entry in entries] == ["https://forum.test/page", "https://forum.test/dot.png"]


def test_both_sides_of_a_chat_are_reported(running):
    trust = ssl.create_default_context(cafile=str(running.root))
    with connect("wss://chat.test/room", proxy=running.proxy, ssl=trust) as chat:
        chat.send("i want to hurt myself fourth")
        assert chat.recv() == "You said: i want to hurt myself fourth"
    seen = reported(running, f"{WORDS} fourth").detection.observation
    assert (seen.channel, seen.direction, seen.conversation) == ("message", "written", "chat.test")


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_http2_is_read_from_end_to_end(running):
    running.web.answers["/two"] = Answer(b"<p>i want to hurt myself fifth</p>")
    curl = [
        "curl",
        "-sS",
        "--http2",
        "--proxy",
        running.proxy,
        "--cacert",
        str(running.root),
        "-H",
        "Accept: text/html",
    ]
    said = subprocess.run(
        [*curl, "-w", "%{http_version}", "https://h2.test/two"], capture_output=True, text=True, check=True
    )
    assert said.stdout == "<p>i want to hurt myself fifth</p>2"
    assert reported(running, f"{WORDS} fifth").detection.observation.app == "h2.test"


def test_plain_http_is_read_too(running):
    running.web.answers["/plain"] = Answer(b"<p>i want to hurt myself sixth</p>")
    running.browser().request("GET", "http://plain.test/plain", headers=BROWSER)
    assert reported(running, f"{WORDS} sixth")


def test_no_name_in_the_module_is_taken_for_a_hook():
    assert not set(vars(module)) & set(hooks.all_hooks)


MITMDUMP = (
    "import sys; from mitmproxy.tools.main import mitmdump; mitmdump(['-q', '--listen-host', '127.0.0.1', "
    "'-p', '{port}', '-s', '{script}', '--set', 'gatehouse_config=' + sys.argv[2]])"
)


def test_it_runs_under_mitmdump_too(running, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = MITMDUMP.format(port=port, script=module.__file__)
    state = {"state": str(tmp_path / "dump")}
    config = settings(running.folder, running.appliance.url, running.hosts, **state)
    with started(program, config) as process:
        root = tmp_path / "dump" / "authority" / "gatehouse-root.pem"
        eventually(lambda: process.poll() is None and _answers(port), 60)
        running.web.answers["/dump"] = Answer(b"<p>i want to hurt myself eleventh</p>")
        browser = urllib3.ProxyManager(f"http://127.0.0.1:{port}", ca_certs=str(root), retries=False, timeout=60)
        assert browser.request("GET", "https://forum.test/dump", headers=BROWSER).status == 200
        assert reported(running, f"{WORDS} eleventh")


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
