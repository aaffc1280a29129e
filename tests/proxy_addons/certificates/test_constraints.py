import shutil
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from detection.settings import SettingsError
from proxy_addons.certificates.authority import authority
from proxy_addons.certificates.constraints import excluded_by, excluded_domains
from tests.proxy_addons.certificates import checkers

CLOSED = ("online.hsbc.co.uk", "hsbc.co.uk", "111.nhs.uk", "www.childline.org.uk", "samaritans.org", "union-bank.test")
OPEN = ("forum.test", "notnhs.uk", "nhs.uk.test", "docs.google.com")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ca")
    own = folder / "own.toml"
    own.write_text('[[group]]\nreason = "bank"\nwhy = "x"\ndomains = ["union-bank.test"]\n')
    return authority(folder / "ca", "Hillside", datetime.now(UTC), excluded_domains(own))


def test_banks_health_and_helplines_are_excluded_each_by_its_shortest_name():
    found = excluded_domains()
    assert {"hsbc.co.uk", "nhs.uk", "childline.org.uk"} <= set(found)
    assert not {"aqa.org.uk", "icloud.com", "cpoms.net"} & set(found)
    assert not [d for d in found if any(d.endswith(f".{other}") for other in found)]


def test_a_schools_own_come_on_top_and_take_nothing_off(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        '[[group]]\nreason = "union"\nwhy = "x"\ndomains = ["union.test", "hsbc.co.uk"]\n'
        '[[group]]\nreason = "health"\nwhy = "x"\ndomains = ["Ärzte.test", "gp.test", "a.gp.test"]\n'
    )
    assert set(excluded_domains(own)) - set(excluded_domains()) == {"xn--rzte-koa.test", "gp.test"}
    assert "hsbc.co.uk" in excluded_domains(own)


@pytest.mark.parametrize("written", ["a b.test", "", "https://bank.test/", "x" * 70 + ".test", "a..test"])
def test_what_is_no_domain_is_said(tmp_path, written):
    own = tmp_path / "own.toml"
    own.write_text(f'[[group]]\nreason = "bank"\nwhy = "x"\ndomains = ["{written}"]\n')
    with pytest.raises(SettingsError, match=r"own\.toml: group 1"):
        excluded_domains(own)


@pytest.mark.parametrize("check", [checkers.openssl, checkers.python, checkers.curl])
def test_no_client_that_checks_takes_a_certificate_for_an_excluded_host(made, check):
    taken = {host: check(made.root, checkers.leaf(made.confdir, host), host) for host in (*CLOSED, *OPEN)}
    assert taken == dict.fromkeys(CLOSED, False) | dict.fromkeys(OPEN, True)


@pytest.mark.skipif(not shutil.which("vfychain"), reason="needs libnss3-tools")
def test_firefoxs_library_does_not_either(made, tmp_path):
    taken = {host: checkers.nss(made.root, checkers.leaf(made.confdir, host), host, tmp_path) for host in CLOSED + OPEN}
    assert taken == dict.fromkeys(CLOSED, False) | dict.fromkeys(OPEN, True)


CHROMIUM = all(map(shutil.which, ("certutil", "chromium-headless-shell")))


@pytest.mark.skipif(not CHROMIUM, reason="needs chromium-headless-shell and libnss3-tools")
def test_chromium_does_not_either(made, tmp_path):
    def taken(host):
        with checkers.serving(checkers.leaf(made.confdir, host)) as port:
            here = f"--host-resolver-rules=MAP * 127.0.0.1:{port}"
            return "made" in checkers.chromium({"school": made.root}, tmp_path, f"https://{host}/", here)

    assert {host: taken(host) for host in CLOSED + OPEN} == dict.fromkeys(CLOSED, False) | dict.fromkeys(OPEN, True)


@pytest.mark.parametrize("check", [checkers.openssl, checkers.python, checkers.curl])
def test_a_certificate_that_names_an_excluded_host_beside_another_is_good_for_neither(made, check):
    both = checkers.leaf(made.confdir, "shop.test", "hsbc.co.uk")
    assert not check(made.root, both, "shop.test")


def test_what_the_exclusions_cost_in_a_handshake(made, tmp_path):
    plain = authority(tmp_path / "ca", "Hillside", datetime.now(UTC), ("bank.test",))
    sizes = [sum(map(_size, _chain(each))) for each in (made, plain)]
    count = len(excluded_by(_chain(made)[0]))
    print(f"{count} domains add {sizes[0] - sizes[1]} bytes to a chain of {sizes[1]}")
    assert sizes[0] < 12_000  # with the leaf it fits into the first ten segments a server may send


def _chain(made):
    return x509.load_pem_x509_certificates((made.confdir / "mitmproxy-ca.pem").read_bytes())


def _size(certificate):
    return len(certificate.public_bytes(Encoding.DER))
