"""The whole gateway at work: what it reports, what it leaves alone, and what it never writes down."""

import base64
import json
import re
import shutil
import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
import urllib3
from mitmproxy import hooks
from websockets.sync.client import connect

from detection.canary import WORDS as WORDS_OF_CANARY
from detection.canary import new_key, token
from proxy_addons import gateway as module
from tests.detection.documents.factories import docx, pdf
from tests.proxy_addons.conftest import RUN, gateway, listening, settings, started
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.origin import Answer

WORDS = "i want to hurt myself"
BROWSER = {"Accept": "text/html,*/*;q=0.8"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


def reported(running, words):
    return eventually(lambda: running.appliance.report_of(words))


def evidence_of(running, report):
    """The entries of the bundle named in the detection, and the bodies by their hash."""
    entries = eventually(lambda: running.appliance.index(report.evidence.index))
    bodies = {h: eventually(lambda n=n: running.appliance.blobs.get(n)) for n, h in report.evidence.blobs.items()}
    return entries, bodies


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


@contextmanager
def tunnel(running, connect_to):
    """As a browser asks the proxy for one: what follows is for the host, or whoever answers for it."""
    with socket.create_connection(("127.0.0.1", running.port)) as plain:
        plain.sendall(f"CONNECT {connect_to}:443 HTTP/1.1\r\nHost: {connect_to}:443\r\n\r\n".encode())
        assert b" 200 " in plain.recv(4096)
        yield plain


def issuer(running, connect_to, sni):
    """Who signed the certificate a browser sees when it asks the proxy for one host and names (perhaps) another."""
    with tunnel(running, connect_to) as plain:
        trust = ssl.create_default_context(cafile=str(running.origin_ca))
        trust.load_verify_locations(str(running.root))
        trust.check_hostname = False
        with trust.wrap_socket(plain, server_hostname=sni) as secured:
            return dict(field[0] for field in secured.getpeercert()["issuer"])["commonName"]


def test_a_listed_host_is_not_opened_and_one_that_only_looks_like_it_is(running):
    assert issuer(running, "www.nhs.uk", "www.nhs.uk") == "Sample web authority"
    assert issuer(running, "notnhs.uk", "notnhs.uk").startswith("Gatehouse Hillside ")


def test_a_client_that_lies_about_its_host_cannot_check_the_certificate_and_is_read_if_it_does_not(running):
    with pytest.raises(ssl.SSLCertVerificationError, match="excluded subtree violation"):
        issuer(running, "forum.test", "www.nhs.uk")
    lax = ssl.create_default_context()
    lax.check_hostname, lax.verify_mode = False, ssl.CERT_NONE
    body = urlencode({"message": f"{WORDS} seventeenth"}).encode()
    head = f"POST /post HTTP/1.1\r\nHost: forum.test\r\nContent-Type: {FORM['Content-Type']}\r\n"
    with tunnel(running, "forum.test") as plain, lax.wrap_socket(plain, server_hostname="www.nhs.uk") as secured:
        secured.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        secured.recv(4096)
    assert reported(running, f"{WORDS} seventeenth")


def test_the_gateway_trusts_no_origin_that_cannot_prove_itself(running):
    answer = running.browser().request("GET", "https://unknown.test/")
    assert answer.status == 502


MARKER = "planted-marker-4711"


def test_an_innocent_visit_leaves_nothing_on_disk(running):
    running.web.answers["/innocent"] = Answer(f"<p>Rivers of Wales {MARKER}</p>".encode())
    browser = running.browser()
    browser.request("GET", f"https://forum.test/innocent?{MARKER}=1", headers=BROWSER)
    browser.request("POST", "https://forum.test/post", body=f"message=hello+{MARKER}", headers=FORM)
    status = running.folder / "state" / "status.json"
    flows = json.loads(status.read_text())["flows"]
    eventually(lambda: json.loads(status.read_text())["flows"] >= flows)
    assert MARKER.encode() not in running.disk()
    assert b"forum.test" not in status.read_bytes()


SECRETS = {
    "Cookie": "session=secret-cookie-1",
    "Authorization": "Bearer secret-bearer-2",
    "X-CSRF-Token": "secret-csrf-3",
}


def test_secrets_beside_flagged_words_leave_the_gateway_in_no_form(running):
    running.web.answers["/secrets"] = Answer(
        b'<input type="hidden" name="csrf_token" value="secret-field-4"><p>i want to hurt myself seventh</p>',
        {"Content-Type": "text/html", "Set-Cookie": "session=secret-set-5"},
    )
    browser = running.browser()
    url = "https://forum.test/secrets?q=i+want+to+hurt+myself+eighth&access_token=secret-query-6"
    browser.request("GET", url, headers=BROWSER | SECRETS)
    body = "message=i+want+to+hurt+myself+ninth&password=secret-field-7&csrf_token=secret-field-8"
    browser.request("POST", "https://forum.test/post", body=body, headers=FORM | SECRETS)
    left = bytearray(running.disk())
    for words in ("seventh", "eighth", "ninth"):
        report = reported(running, f"{WORDS} {words}")
        entries, bodies = evidence_of(running, report)
        left += str(report).encode() + json.dumps(entries).encode() + b"".join(bodies.values())
    assert not re.findall(rb"secret-[a-z]+-\d", left)


def test_what_waits_for_the_appliance_is_unreadable_on_disk(running):
    running.web.answers["/sealed"] = Answer(b"<p>i want to hurt myself tenth</p>")
    running.browser().request("GET", "https://forum.test/sealed", headers=BROWSER)
    reported(running, f"{WORDS} tenth")
    disk = running.disk()
    assert b"myself tenth" not in disk
    assert base64.b64encode(b"myself tenth") not in disk


def test_the_status_says_what_was_read_and_not_what_it_said(running):
    status = json.loads((running.folder / "state" / "status.json").read_text())
    assert status["read"] > 0
    assert status["faults"] == {}
    assert "sensor" in status


def test_an_answer_that_comes_drop_by_drop_is_not_held_back_and_is_reported(running):
    go_on = threading.Event()

    def pieces():
        yield b'data: {"choices": [{"delta": {"content": "i want to hurt "}}]}\n\n'
        go_on.wait(60)
        yield b'data: {"choices": [{"delta": {"content": "myself twelfth"}}]}\n\n'

    running.web.answers["/reply"] = Answer(b"", {"Content-Type": "text/event-stream"}, pieces=pieces)
    answer = running.browser().request("GET", "https://forum.test/reply", preload_content=False)
    first = answer.read1()
    go_on.set()
    assert b"hurt" in first
    assert b"twelfth" not in first
    assert b"twelfth" in answer.read()
    seen = reported(running, f"{WORDS} twelfth").detection.observation
    assert (seen.channel, seen.direction) == ("reply", "shown")


def test_a_letter_that_is_uploaded_arrives_untouched_and_is_reported_as_written(running):
    letter = docx(f"{WORDS} fifteenth")
    head = b'--xyz\r\nContent-Disposition: form-data; name="f"; filename="letter.docx"\r\n'
    body = head + b"Content-Type: application/octet-stream\r\n\r\n" + letter + b"\r\n--xyz--\r\n"
    running.web.answers["/upload"] = Answer(b"{}", {"Content-Type": "application/json"})
    form = {"Content-Type": "multipart/form-data; boundary=xyz"}
    running.browser().request("POST", "https://forum.test/upload", body=body, headers=form)
    report = reported(running, f"{WORDS} fifteenth")
    assert running.web.asked[-1].body == body
    seen = report.detection.observation
    assert (seen.channel, seen.direction, seen.location) == ("document", "written", "https://forum.test/upload")
    _, bodies = evidence_of(running, report)
    assert not any(b"PK" in kept for kept in bodies.values())


def test_a_document_that_is_fetched_is_not_held_back_and_is_reported_as_shown(running):
    go_on, document = threading.Event(), pdf(f"{WORDS} sixteenth")

    def pieces():
        yield document[:50]
        go_on.wait(60)
        yield document[50:]

    running.web.answers["/file"] = Answer(b"", {"Content-Type": "application/pdf"}, pieces=pieces)
    answer = running.browser().request("GET", "https://forum.test/file", headers=BROWSER, preload_content=False)
    first = answer.read1()
    go_on.set()
    assert first + answer.read() == document
    seen = reported(running, f"{WORDS} sixteenth").detection.observation
    assert (seen.channel, seen.direction) == ("document", "shown")


def test_what_a_pupil_has_seen_is_on_disk_even_if_the_gateway_dies_at_once(tmp_path):
    with gateway(tmp_path, appliance_is_down=True) as dying:
        dying.web.answers["/page"] = Answer(b"<p>i want to hurt myself thirteenth</p>")
        dying.browser().request("GET", "https://forum.test/page", headers=BROWSER)
        dying.process.kill()
        dying.process.communicate(timeout=60)
        with started(RUN, settings(tmp_path, dying.appliance.url, dying.hosts)) as again:
            assert listening(again)
            report = reported(dying, f"{WORDS} thirteenth")
            assert evidence_of(dying, report)


HANG = (
    "import detection.sensor, threading; detection.sensor.Sensor.observe = lambda *_: threading.Event().wait(); " + RUN
)


def test_an_inspection_that_hangs_lets_pages_pass_and_says_so(tmp_path):
    with gateway(tmp_path, HANG, inspection_seconds=0.1) as hanging:
        hanging.web.answers["/page"] = Answer(b"<p>Rivers of Wales</p>")
        assert (
            hanging.browser().request("GET", "https://forum.test/page", headers=BROWSER).data
            == b"<p>Rivers of Wales</p>"
        )
        status = tmp_path / "state" / "status.json"
        assert eventually(lambda: json.loads(status.read_text())["unread"].get("timeout"))


def test_a_mistake_in_the_settings_is_said_in_one_line(tmp_path):
    with started(RUN, tmp_path / "missing.toml") as refused:
        _, said = refused.communicate(timeout=60)
    assert refused.returncode == 2
    assert said.startswith("gateway: ")
    assert said.count("\n") == 1


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


def test_a_canary_comes_up_as_a_test_and_hides_nothing_beside_it(tmp_path):
    new_key(tmp_path / "canary.key")
    phrase = f"{WORDS_OF_CANARY} {token((tmp_path / 'canary.key').read_bytes(), datetime.now(UTC))}"
    with gateway(tmp_path, sensor={"canary_key": "canary.key"}) as tested:
        body = urlencode({"message": f"{phrase} and {WORDS} fourteenth"})
        tested.browser().request("POST", "https://forum.test/post", body=body, headers=FORM)
        meant = reported(tested, f"{WORDS} fourteenth").detection
        test = eventually(lambda: next((r for r in tested.appliance.reports if r.detection.severity == 1), None))
    assert (test.detection.observation.text, test.detection.observation.marks) == (phrase, {"test"})
    assert (meant.category, meant.observation.marks) == ("self-harm", frozenset())
    assert meant.severity >= 4
