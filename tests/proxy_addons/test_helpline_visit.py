"""A young person visits and writes to helplines through the real gateway; nothing it keeps, sends or says shows it."""

import json
import signal
import ssl
from contextlib import suppress

import pytest
import urllib3

from tests.proxy_addons.conftest import HELPLINE, PLAIN_HELPLINE, UNREACHABLE_HELPLINE, gateway
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.origin import Answer

PAGE = {"Accept": "text/html,*/*;q=0.8"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
NAMES = ("childline", "samaritans", "papyrus", "whisper")
WORDS = "i want to hurt myself"


def browser(at):
    """Trusts the web itself, as browsers do, and the gateway's root."""
    trust = ssl.create_default_context(cafile=str(at.origin_ca))
    trust.load_verify_locations(str(at.root))
    return urllib3.ProxyManager(at.proxy, ssl_context=trust, retries=False, timeout=60)


def visit(at):
    """Look around at three helplines, write to two, and let their pages fetch from elsewhere."""
    at.web.answers["/help"] = Answer(f"<title>Whisper</title><p>{WORDS} whisper</p>".encode())
    at.web.answers["/send"] = at.web.answers["/count"] = Answer(b"{}", {"Content-Type": "application/json"})
    person = browser(at)
    said = f"message={WORDS} whisper".replace(" ", "+")
    for address in (f"https://{HELPLINE}", f"http://{PLAIN_HELPLINE}"):
        assert person.request("GET", f"{address}/help", headers=PAGE).status == 200
        assert person.request("POST", f"{address}/send", body=said, headers=FORM).status == 200
    for scheme in ("http", "https"):
        with suppress(urllib3.exceptions.HTTPError):
            person.request("GET", f"{scheme}://{UNREACHABLE_HELPLINE}/", headers=PAGE)
    from_there = {"Referer": f"https://{HELPLINE}/", "Origin": f"https://{HELPLINE}", "Sec-Fetch-Mode": "cors"}
    person.request("POST", "https://cdn.test/send", body=said, headers=FORM | from_there)
    person.request("GET", f"https://cdn.test/count?q={HELPLINE}", headers=from_there)
    person.request("POST", "https://forum.test/send", body=f"to=jo@samaritans.org&{said}", headers=FORM)
    person.request("GET", "https://search.test/search?q=childline.org.uk", headers=PAGE)


def go_on(at):
    """Something that is reported, from the same person, coming straight from the helpline's page."""
    at.web.answers["/page"] = Answer(f"<p>{WORDS} openly</p>".encode())
    address = "https://forum.test/page?q=i+want+to+hurt+myself+elsewhere"
    browser(at).request("GET", address, headers=PAGE | {"Referer": f"https://{HELPLINE}/get-support/"})


def delivered(at):
    """Every word of every report and piece of evidence that leaves the gateway."""
    names = [name for r in at.appliance.reports if r.evidence for name in r.evidence.blobs]
    blobs = [eventually(lambda n=name: at.appliance.blobs.get(n)) for name in names]
    return str(at.appliance.reports) + str(at.appliance.fuller) + b"".join(blobs).decode("utf-8", "replace")


@pytest.fixture(scope="module")
def visited(tmp_path_factory):
    """What is left: what was delivered, written and logged, and the last status."""
    with gateway(tmp_path_factory.mktemp("visited")) as at:
        visit(at)
        go_on(at)
        eventually(lambda: at.appliance.report_of("openly") and at.appliance.report_of("elsewhere"))
        sent = delivered(at)
        at.process.send_signal(signal.SIGTERM)
        out, err = at.process.communicate(timeout=60)
        status = json.loads((at.folder / "state" / "status.json").read_text())
        names = "\n".join(str(f.relative_to(at.folder)) for f in (at.folder / "state").rglob("*"))
        return sent, at.disk().decode("latin-1") + names, out + err, status, len(at.appliance.reports)


@pytest.mark.parametrize("name", NAMES)
def test_no_report_file_or_log_names_where_the_person_was(visited, name):
    sent, written, logged, status, _ = visited
    for kept in (sent, written, logged, json.dumps(status)):
        assert name not in kept.lower()


def test_what_came_before_a_later_report_leaves_the_visit_out(visited):
    sent, *_, reports = visited
    assert reports == 2
    assert "forum.test/page" in sent
    assert "Referer" not in sent


def test_only_a_count_by_reason_is_kept(visited):
    status = visited[3]
    assert status["bypassed"].keys() == {"helpline"}
    assert status["bypassed"]["helpline"] >= 6
    assert status["faults"] == {}
