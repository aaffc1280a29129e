"""A TLS connection between two real ends (OpenSSL), written down as a capture has it, with its key log."""

import contextlib
import datetime
import functools
from collections.abc import Callable
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from OpenSSL import SSL
from OpenSSL._util import ffi, lib
from scapy.packet import Packet

from tests.proxy_addons.replay.factories import NOON, Talk

WITHOUT_ENCRYPT_THEN_MAC, WITH_RENEGOTIATION = 0x80000, 0x100
HOST = "news.test"


@dataclass
class Options:
    version: int = SSL.TLS1_3_VERSION
    ciphers: str = ""
    """Of TLS 1.2, or the suites of TLS 1.3."""
    alpn: bytes = b""
    curve: ec.EllipticCurve | None = None
    """The server's; one that the client does not begin with is asked for by a HelloRetryRequest."""
    options: int = 0
    host: str = HOST
    elliptic: bool = False
    early: int = 0
    """Bytes of early data that the server takes."""


class TlsTalk:
    """``talk``: what goes over TCP; ``lines``: the key log so far."""

    def __init__(self, options: Options | None = None, talk: Talk | None = None) -> None:
        self.options = options or Options()
        self.lines: list[bytes] = []
        self._before: list[Packet] = []
        self.talk = talk or Talk(server=("192.0.2.80", 443))
        if not self.talk.packets:
            self.talk.hello()
        self._contexts = _client_context(self.options, self._note), _server_context(self.options)
        self.client, self.server = self._ends()

    def hello(self) -> "TlsTalk":
        for _ in range(6):
            for end, up in ((self.client, True), (self.server, False)):
                _heard(end)
                self._pass_on(end, up=up)
        return self

    def again(self, talk: Talk) -> "TlsTalk":
        """Another connection of the same two ends, which resumes the session; the packets so far are kept."""
        for end in (self.client, self.server):
            end.set_shutdown(SSL.SENT_SHUTDOWN | SSL.RECEIVED_SHUTDOWN)  # or its session could not be resumed
        session = self.client.get_session()
        self._before += self.talk.packets
        self.talk = talk.hello()
        self.client, self.server = self._ends()
        if session:
            self.client.set_session(session)
        return self

    def up(self, data: bytes) -> "TlsTalk":
        return self._say(self.client, data)

    def down(self, data: bytes) -> "TlsTalk":
        return self._say(self.server, data)

    def early(self, data: bytes) -> bytes:
        """Said with the client's hello; gives what the server took of it."""
        size, taken, buffer = ffi.new("size_t *"), b"", ffi.new("char[]", 1 << 15)
        assert lib.SSL_write_early_data(self.client._ssl, data, len(data), size) == 1
        for _ in range(4):
            self._pass_on(self.client, up=True, heard=False)
            size[0] = 0
            lib.SSL_read_early_data(self.server._ssl, buffer, 1 << 15, size)
            taken += bytes(ffi.buffer(buffer, size[0]))
            lib.ERR_clear_error()
            self._pass_on(self.server, up=False, heard=False)
            with contextlib.suppress(SSL.WantReadError):
                self.client.do_handshake()
        return taken

    def takes_early(self, size: int) -> None:
        """The server, from here on."""
        lib.SSL_CTX_set_max_early_data(self._contexts[1]._context, size)

    def renegotiate(self) -> "TlsTalk":
        self.client.renegotiate()
        return self.hello()

    def bye(self) -> "TlsTalk":
        for end, up in ((self.client, True), (self.server, False)):
            end.shutdown()
            self._pass_on(end, up=up)
        self.talk.bye()
        return self

    @property
    def packets(self) -> list[Packet]:
        return self._before + self.talk.packets

    def _say(self, end: SSL.Connection, data: bytes) -> "TlsTalk":
        for start in range(0, len(data), 1 << 14):
            end.sendall(data[start : start + (1 << 14)])
            self._pass_on(end, up=end is self.client)
        return self

    def _pass_on(self, end: SSL.Connection, *, up: bool, heard: bool = True) -> None:
        """What an end has to say; the other hears it at once."""
        other = self.server if up else self.client
        while data := _out(end):
            (self.talk.up if up else self.talk.down)(data)
            other.bio_write(data)
            if heard:
                _heard(other)

    def _note(self, connection: SSL.Connection, line: bytes) -> None:
        self.lines.append(line)

    def _ends(self) -> tuple[SSL.Connection, SSL.Connection]:
        client, server = (SSL.Connection(context, None) for context in self._contexts)
        client.set_connect_state()
        server.set_accept_state()
        if self.options.host:
            client.set_tlsext_host_name(self.options.host.encode())
        return client, server


def _out(end: SSL.Connection) -> bytes:
    try:
        return end.bio_read(1 << 20)
    except SSL.WantReadError:
        return b""


def _heard(end: SSL.Connection) -> None:
    """Takes what has come, handshakes included."""
    with contextlib.suppress(SSL.WantReadError, SSL.ZeroReturnError):
        while True:
            end.recv(1 << 16)


def _client_context(options: Options, note: Callable[[SSL.Connection, bytes], None]) -> SSL.Context:
    context = _context(options)
    context.set_keylog_callback(note)
    if options.alpn:
        context.set_alpn_protos([options.alpn])
    return context


def _server_context(options: Options) -> SSL.Context:
    context = _context(options)
    certificate, key = pair(options.host or HOST, elliptic=options.elliptic)
    context.use_certificate(certificate)
    context.use_privatekey(key)
    context.set_session_id(b"a server")
    if options.alpn:
        context.set_alpn_select_callback(lambda _, offered: offered[0])
    if options.curve:
        context.set_tmp_ecdh(options.curve)
    if options.early:
        lib.SSL_CTX_set_max_early_data(context._context, options.early)
    return context


def _context(options: Options) -> SSL.Context:
    context = SSL.Context(SSL.TLS_METHOD)
    context.set_min_proto_version(options.version)
    context.set_max_proto_version(options.version)
    context.set_options(options.options)
    if options.ciphers and options.version == SSL.TLS1_3_VERSION:
        assert lib.SSL_CTX_set_ciphersuites(context._context, options.ciphers.encode()) == 1
        context.set_cipher_list(b"DEFAULT:@SECLEVEL=0")  # without which the short tag is refused
    elif options.ciphers:
        context.set_cipher_list(f"{options.ciphers}:@SECLEVEL=0".encode())
    return context


@functools.cache
def pair(
    host: str, *, elliptic: bool = False
) -> tuple[x509.Certificate, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1()) if elliptic else rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    begins = datetime.datetime.fromtimestamp(NOON, datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host), x509.DNSName(f"*.{host}")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return made, key
