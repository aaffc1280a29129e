"""The real gateway before origins whose certificates will not do."""

import json
import shutil
import socket
import subprocess
from contextlib import ExitStack, contextmanager

import pytest
import urllib3
from cryptography.hazmat.primitives.serialization import Encoding

from proxy_addons.upstream.check import UpstreamCheck
from proxy_addons.upstream.recent import RecentFaults
from proxy_addons.upstream.revocation import RevocationLists
from proxy_addons.watchdog import Watchdog
from proxy_addons.why.command import main as why
from tests.proxy_addons.conftest import gateway
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.far_ends import free_port
from tests.proxy_addons.origin import Answer, Web, http1
from tests.proxy_addons.upstream.issuing import DAY, Issuer

PERSON = {"Accept": "text/html,*/*;q=0.8"}
PROGRAM = {"Accept": "application/json"}
BAD = {
    "expired.test": ("expired", "has expired"),
    "later.test": ("not-yet-valid", "from a later day on"),
    "wrong.test": ("wrong-host", "belongs to another site"),
    "self.test": ("self-signed", "vouches for itself"),
    "unknown.test": ("unknown-issuer", "is not known here"),
    "listed.test": ("revoked", "was withdrawn"),
    "stapled.test": ("revoked", "was withdrawn"),
    "stapled2.test": ("revoked", "was withdrawn"),
}
GOOD = ("good.test", "good-staple.test", "old-staple.test")


def _answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def stapling(pem, staple, *more):
    """An origin that hands over what its issuer says of it: openssl's own."""
    (pem.with_suffix(".ocsp")).write_bytes(staple)
    port = free_port()
    command = ["openssl", "s_server", "-accept", f"127.0.0.1:{port}", "-cert", str(pem), "-www", *more]
    process = subprocess.Popen(
        [*command, "-status_file", str(pem.with_suffix(".ocsp"))], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        eventually(lambda: _answers(port))
        yield port
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """A gateway that trusts one issuer, and origins some of which have its certificate."""
    folder = tmp_path_factory.mktemp("gateway")
    issuer, nobody, web = Issuer(), Issuer("Nobody we know"), Web()
    web.answers["/"] = Answer(b"<p>Rivers of Wales</p>")
    itself = Issuer("self.test")
    made = {host: folder / f"{host}.pem" for host in (*BAD, *GOOD)}
    certificates = {
        "expired.test": issuer.origin(made["expired.test"], "expired.test", start=-5 * DAY, end=-DAY),
        "later.test": issuer.origin(made["later.test"], "later.test", start=DAY),
        "wrong.test": issuer.origin(made["wrong.test"], "right.test"),
        "self.test": itself.certificate,
        "unknown.test": nobody.origin(made["unknown.test"], "unknown.test"),
        **{host: issuer.origin(made[host], host) for host in ("listed.test", "stapled.test", "stapled2.test", *GOOD)},
    }
    self_signed(made["self.test"])
    (folder / "lists").mkdir()
    (folder / "lists" / "issuer.crl").write_bytes(issuer.revocations(certificates["listed.test"]))
    staples = {
        "stapled.test": (issuer.staple(certificates["stapled.test"]), "-tls1_3"),
        "stapled2.test": (issuer.staple(certificates["stapled2.test"]), "-tls1_2"),
        "good-staple.test": (issuer.staple(certificates["good-staple.test"], good=True), "-tls1_3"),
        "old-staple.test": (issuer.staple(certificates["old-staple.test"], start=-9 * DAY, end=-DAY), "-tls1_3"),
    }
    with ExitStack() as stack:
        ports = {host: stack.enter_context(http1(web, pem)) for host, pem in made.items() if host not in staples}
        ports |= {host: stack.enter_context(stapling(made[host], *each)) for host, each in staples.items()}
        also = {host: f"127.0.0.1:{port}" for host, port in ports.items()}
        (folder / "issuer.pem").write_bytes(issuer.certificate.public_bytes(Encoding.PEM))
        more = {"origin_ca": "issuer.pem", "revocation_lists": "lists"}
        yield stack.enter_context(gateway(folder, also=also, **more))


def self_signed(file):
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", str(file)]
    names = ["-subj", "/CN=self.test", "-addext", "subjectAltName=DNS:self.test"]
    out = file.with_suffix(".crt")
    subprocess.run(["openssl", "req", "-x509", *key, *names, "-out", str(out)], check=True, capture_output=True)
    file.write_bytes(file.read_bytes() + out.read_bytes())


@pytest.mark.parametrize("host", BAD)
def test_a_person_is_told_what_is_wrong_and_the_reason_is_counted(behind, host):
    reason, words = BAD[host]
    answer = behind.browser().request("GET", f"https://{host}/", headers=PERSON)
    assert answer.status == 502
    assert words in answer.data.decode()
    assert "mitmproxy" not in (answer.data.decode() + str(answer.headers)).lower()
    status = behind.folder / "state" / "status.json"
    assert eventually(lambda: json.loads(status.read_text()).get("upstream", {}).get(reason))
    assert host not in status.read_text()


@pytest.mark.parametrize("host", BAD)
def test_a_program_gets_nothing_it_could_take_for_an_answer(behind, host):
    with pytest.raises(urllib3.exceptions.HTTPError, match="closed connection without response"):
        behind.browser().request("GET", f"https://{host}/", headers=PROGRAM)


def test_why_says_it_of_a_host_that_is_asked_about(behind, capsys):
    behind.browser().request("GET", "https://expired.test/", headers=PERSON)

    def said():
        assert why(["expired.test", "--config", str(behind.folder / "gateway.toml")]) == 0
        return "own certificate has expired" in capsys.readouterr().out

    assert eventually(said)


@pytest.mark.parametrize("host", GOOD)
def test_what_is_good_is_opened_with_the_schools_own_authority_as_well(behind, host):
    answer = behind.browser().request("GET", f"https://{host}/", headers=PERSON)
    assert answer.status == 200
    assert b"Rivers of Wales" in answer.data or b"s_server" in answer.data


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
@pytest.mark.parametrize(("accept", "ends"), [("text/html", 0), ("application/json", 92)])
def test_over_http2_too(behind, accept, ends):
    curl = ["curl", "-sS", "--http2", "--proxy", behind.proxy, "--cacert", str(behind.root), "-H", f"Accept: {accept}"]
    said = subprocess.run(
        [*curl, "-w", "%{http_version} %{http_code}", "https://expired.test/"], capture_output=True, text=True
    )
    assert said.returncode == ends, said.stderr
    if not ends:
        assert "has expired" in said.stdout
        assert said.stdout.endswith("2 502")


def test_the_lists_and_their_age_are_told(behind):
    status = json.loads((behind.folder / "state" / "status.json").read_text())
    assert status["revocation"] == {"lists": 1, "expired": 0}


def test_our_own_fault_in_checking_is_counted_and_closes_nothing():
    watchdog = Watchdog()
    check = UpstreamCheck(RevocationLists(None), RecentFaults(), watchdog)
    assert check.accepts(object(), b"a staple")
    assert watchdog.report()["faults"] == {"revocation": 1}
