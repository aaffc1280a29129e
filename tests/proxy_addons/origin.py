"""A small web of its own, signed by its own authority: HTTP/1.1, HTTP/2 and a chat over WebSockets, on loopback."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import h2.config
import h2.connection
import h2.events
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from websockets.sync.server import ServerConnection, serve

from tests.local_server import LOOPBACK, Address, serving

SIGNS = x509.KeyUsage(False, False, False, False, False, True, True, False, False)


@dataclass(frozen=True)
class Answer:
    body: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    status: int = 200
    pieces: Callable[[], Iterator[bytes]] | None = None
    """Instead of a body: what is sent piece by piece, as it comes."""


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    client: str = ""
    """Its address."""


@dataclass
class Web:
    """What the hosts answer, by path, and what they were asked."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return self.answers.get(asked.path.partition("?")[0], Answer(b"<p>Nothing here.</p>", status=404))


def certificates(folder: Path, *hosts: str) -> tuple[Path, Path]:
    """An authority's certificate, and a file with key and certificate for the hosts."""
    now = datetime.now(UTC)
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sample web authority")])
    identifier = x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key())

    def builder(subject: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=30))
        )

    root = (
        builder(name, authority_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(SIGNS, critical=True)
        .add_extension(identifier, critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    leaf = (
        builder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])]), key.public_key())
        .add_extension(x509.SubjectAlternativeName([_called(host) for host in hosts]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    (folder / "origin-ca.pem").write_bytes(root.public_bytes(Encoding.PEM))
    (folder / "origin.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + leaf.public_bytes(Encoding.PEM)
    )
    return folder / "origin-ca.pem", folder / "origin.pem"


def _called(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _tls(pem: Path, *protocols: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    if protocols:
        context.set_alpn_protocols(list(protocols))
    return context


@contextmanager
def http1(web: Web, pem: Path | None, at: Address = LOOPBACK) -> Iterator[int]:
    """Serve ``web``; with TLS if there is a certificate. Gives the port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = web.answer(Asked(self.command, self.path, dict(self.headers), body, self.client_address[0]))
            ending = {"Transfer-Encoding": "chunked"} if answer.pieces else {"Content-Length": str(len(answer.body))}
            self.send_response(answer.status)
            for name, value in {**answer.headers, **ending}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)
            for piece in answer.pieces() if answer.pieces else ():
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            if answer.pieces:
                self.wfile.write(b"0\r\n\r\n")

        do_GET = do_POST = do_PUT = _serve

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler, at, _tls(pem) if pem else None) as port:
        yield port


@contextmanager
def http2(web: Web, pem: Path, at: Address = LOOPBACK) -> Iterator[int]:
    """Serve ``web`` over HTTP/2 alone. Gives the port."""
    listener = socket.create_server(at, family=_family(at))
    context = _tls(pem, "h2")

    def accept() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=_speak_h2, args=(web, context, plain), daemon=True).start()

    with _running(accept, lambda: listener.shutdown(socket.SHUT_RDWR)):
        yield listener.getsockname()[1]
    listener.close()


def _speak_h2(web: Web, context: ssl.SSLContext, plain: socket.socket) -> None:
    plain_address = plain.getpeername()[0]
    with context.wrap_socket(plain, server_side=True) as secured:
        speaker = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
        speaker.initiate_connection()
        secured.sendall(speaker.data_to_send())
        asked: dict[int, tuple[dict[str, str], bytearray]] = {}
        while data := secured.recv(65536):
            for event in speaker.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    asked[event.stream_id] = dict(event.headers), bytearray()
                elif isinstance(event, h2.events.DataReceived):
                    asked[event.stream_id][1].extend(event.data)
                    speaker.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                elif isinstance(event, h2.events.StreamEnded):
                    headers, body = asked.pop(event.stream_id)
                    headers.setdefault("host", headers.get(":authority", ""))
                    request = Asked(headers[":method"], headers[":path"], headers, bytes(body), plain_address)
                    answer = web.answer(request)
                    fields = [(":status", str(answer.status)), *((k.lower(), v) for k, v in answer.headers.items())]
                    speaker.send_headers(event.stream_id, fields)
                    speaker.send_data(event.stream_id, answer.body, end_stream=True)
            secured.sendall(speaker.data_to_send())


@contextmanager
def chat(pem: Path, reply: Callable[[str], str], at: Address = LOOPBACK) -> Iterator[int]:
    """A chat that answers each message with ``reply`` of it. Gives the port."""

    def talk(connection: ServerConnection) -> None:
        for message in connection:
            connection.send(reply(message) if isinstance(message, str) else message)

    server = serve(talk, sock=socket.create_server(at, family=_family(at)), ssl=_tls(pem), max_size=None)
    with _running(server.serve_forever, server.shutdown):
        yield server.socket.getsockname()[1]


def _family(at: Address) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in at[0] else socket.AF_INET


@contextmanager
def _running(work: Callable[[], None], stop: Callable[[], None]) -> Iterator[None]:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop()
        thread.join(20)
