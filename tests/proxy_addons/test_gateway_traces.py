"""What the whole gateway never writes down nor lets out: innocent visits, secrets, what waits for the appliance."""

import base64
import json
import re

from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.origin import Answer
from tests.proxy_addons.reports import BROWSER, FORM, WORDS, evidence_of, reported

MARKER = "planted-marker-4711"


def test_an_innocent_visit_leaves_nothing_on_disk(running):
    running.web.answers["/innocent"] = Answer(f"<p>Rivers of Wales {MARKER}</p>".encode())
    status, browser = running.folder / "state" / "status.json", running.browser()
    eventually(status.exists)
    before = json.loads(status.read_text()).get("flows", 0)
    browser.request("GET", f"https://forum.test/innocent?{MARKER}=1", headers=BROWSER)
    browser.request("POST", "https://forum.test/post", body=f"message=hello+{MARKER}", headers=FORM)
    eventually(lambda: json.loads(status.read_text()).get("flows", 0) >= before + 2)
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
