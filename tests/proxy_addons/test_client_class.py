import ssl
import struct

import pytest
from mitmproxy.tls import ClientHello

from proxy_addons.client_class import client_class, described


def real_hello(host="app.test", **options):
    """What Python's own TLS says first, as mitmproxy reads it."""
    context = ssl.create_default_context()
    if protocols := options.get("protocols"):
        context.set_alpn_protocols(protocols)
    if highest := options.get("highest"):
        context.maximum_version = highest
    out = ssl.MemoryBIO()
    with pytest.raises(ssl.SSLWantReadError):
        context.wrap_bio(ssl.MemoryBIO(), out, server_hostname=host).do_handshake()
    return ClientHello(out.read()[9:])


def browser_hello(order, grease, extra=()):
    """As a browser's: extensions in any order, numbers that mean nothing, and what an earlier connection left."""
    bodies = {
        0: b"\x00\x0c\x00\x00\x09forum.tst",
        10: struct.pack("!HHH", 4, grease, 0x001D),
        13: struct.pack("!HHH", 4, 0x0403, 0x0804),
        16: b"\x00\x0c\x02h2\x08http/1.1",
        43: b"\x06" + struct.pack("!HHH", grease, 0x0304, 0x0303),
        45: b"\x01\x01",
        grease: b"",
        **dict.fromkeys(extra, b"\x00"),
    }
    kinds = [grease, *order, *extra]
    packed = b"".join(struct.pack("!HH", kind, len(bodies[kind])) + bodies[kind] for kind in kinds)
    ciphers = struct.pack("!HHHH", 6, grease, 0x1301, 0x1302)
    head = b"\x03\x03" + bytes(32) + b"\x00" + ciphers + b"\x01\x00"
    return ClientHello(head + struct.pack("!H", len(packed)) + packed)


def test_a_real_client_is_of_one_kind_whatever_the_host():
    assert client_class(real_hello("a.test")) == client_class(real_hello("b.example"))


def test_another_version_and_other_protocols_are_another_kind():
    hellos = [real_hello(), real_hello(highest=ssl.TLSVersion.TLSv1_2), real_hello(protocols=["h2", "http/1.1"])]
    kinds = [client_class(each) for each in hellos]
    assert len(set(kinds)) == 3
    assert [kind.split("-")[:2] for kind in kinds] == [["13", "none"], ["12", "none"], ["13", "h2"]]


def test_a_browser_is_of_one_kind_however_it_shuffles_and_whatever_it_makes_up():
    first = browser_hello((0, 10, 13, 16, 43, 45), 0x0A0A)
    second = browser_hello((45, 43, 0, 16, 13, 10), 0xFAFA)
    assert client_class(first) == client_class(second)
    assert client_class(first).startswith("13-h2-2-4-")


def test_a_connection_that_goes_on_from_an_earlier_one_is_of_the_same_kind():
    order = (0, 10, 13, 16, 43, 45)
    assert client_class(browser_hello(order, 0x1A1A, (21, 41, 42, 44))) == client_class(browser_hello(order, 0x1A1A))


def test_a_client_without_any_extension_is_of_a_kind_too():
    bare = ClientHello(b"\x03\x01" + bytes(32) + b"\x00\x00\x02\x00\x2f\x01\x00")
    assert client_class(bare).split("-")[:4] == ["12", "none", "1", "0"]


def test_a_kind_is_described_as_far_as_it_says_anything():
    assert described("13-h2-16-15-aa-bb") == "13-h2-16-15-aa-bb (TLS 1.3, asks for h2, 16 ciphers, 15 extensions)"
    assert described("strange").startswith("strange (")
