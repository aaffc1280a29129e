"""Clients that will not be read: they trust their maker's authority alone, and look at certificates when they like."""

import http.client
import socket
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

PHONES = ("127.0.0.11", "127.0.0.12", "127.0.0.13", "127.0.0.14")
"""Each a device, as far as the gateway can tell."""


@dataclass(frozen=True)
class App:
    """Speaks to hosts through the gateway at ``port``, from the device at ``address``."""

    port: int
    trusts: Path
    address: str = PHONES[0]
    version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
    looks_late: bool = False
    """It greets whoever answers, and only then looks at the certificate."""
    hangs_up: bool = False
    """It says nothing when it does not like what it sees."""
    protocols: tuple[str, ...] = ()

    def fetch(self, host: str, path: str = "/") -> bytes | None:
        """The answer; None where it would not speak."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20, source_address=(self.address, 0)) as plain:
            plain.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode())
            assert b" 200 " in plain.recv(4096)
            try:
                return self._ask(plain, host, path)
            except ssl.SSLError:
                return None

    def _ask(self, plain: socket.socket, host: str, path: str) -> bytes | None:
        if self.hangs_up:
            return self._start_only(plain, host)
        with self._context().wrap_socket(plain, server_hostname=host) as secured:
            if self.looks_late and not self._likes(secured.getpeercert(binary_form=True) or b"", host):
                return None
            asked = http.client.HTTPSConnection(host)
            asked.sock = secured
            asked.request("GET", path)
            return asked.getresponse().read()

    def _start_only(self, plain: socket.socket, host: str) -> None:
        into, out = ssl.MemoryBIO(), ssl.MemoryBIO()
        half = self._context().wrap_bio(into, out, server_hostname=host)
        try:
            half.do_handshake()
        except ssl.SSLWantReadError:
            plain.sendall(out.read())
            plain.recv(65536)  # the gateway's certificate; no answer to that

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(self.trusts))
        context.minimum_version = context.maximum_version = self.version
        if self.protocols:
            context.set_alpn_protocols(list(self.protocols))
        if self.looks_late:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context

    def _likes(self, certificate: bytes, host: str) -> bool:
        """Whether it is the very one its maker put there."""
        pem = ssl.DER_cert_to_PEM_cert(certificate)
        kept = self.trusts.with_name("origin.pem").read_text()
        return pem.strip() in kept


def curl(port: int, trusts: Path, address: str, host: str, *options: str) -> int:
    """What curl ends with: 60 where it refuses the certificate."""
    command = ["curl", "-sS", "-o", "/dev/null", "--interface", address, "--proxy", f"http://127.0.0.1:{port}"]
    return subprocess.run(
        [*command, "--cacert", str(trusts), *options, f"https://{host}/"], capture_output=True, timeout=60, check=False
    ).returncode
