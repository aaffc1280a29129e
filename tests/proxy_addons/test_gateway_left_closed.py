"""What the whole gateway does not open, and whom it does not believe."""

import socket
import ssl
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from tests.proxy_addons.reports import FORM, WORDS, reported


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
