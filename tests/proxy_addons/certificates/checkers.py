"""Programs that check certificates, each asked in its own way whether it takes a server for a host."""

import os
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from mitmproxy.certs import CertStore

from proxy_addons.certificates.issuing import pem_of_key


def leaf(confdir: Path, *hosts: str) -> Path:
    """A file with key, leaf and chain for ``hosts``, as mitmproxy makes it."""
    entry = CertStore.from_store(confdir, "mitmproxy", 2048).get_cert(hosts[0], [x509.DNSName(h) for h in hosts])
    file = confdir / f"{hosts[0].replace('*', '_')}.pem"
    chain = b"".join(c.to_pem() for c in (entry.cert, *entry.chain_certs))
    file.write_bytes(pem_of_key(entry.privatekey) + chain)
    return file


def openssl(root: Path, served: Path, host: str) -> bool:
    untrusted = ["-untrusted", str(served)]
    command = ["openssl", "verify", "-x509_strict", "-CAfile", str(root), *untrusted, "-verify_hostname", host]
    return subprocess.run([*command, str(served)], capture_output=True, check=False).returncode == 0


def nss(root: Path, served: Path, host: str, folder: Path) -> bool:
    """Firefox's library."""
    database = folder / "nss"
    if not database.exists():
        database.mkdir()
        certutil = ["certutil", "-d", f"sql:{database}"]
        subprocess.run([*certutil, "-N", "--empty-password"], check=True)
        subprocess.run([*certutil, "-A", "-n", "root", "-t", "C,,", "-i", str(root)], check=True)
    files = []
    for number, certificate in enumerate(x509.load_pem_x509_certificates(served.read_bytes())[:2]):
        files.append(folder / f"{number}.der")
        files[-1].write_bytes(certificate.public_bytes(Encoding.DER))
    command = ["vfychain", "-d", f"sql:{database}", "-pp", "-u", "1", *map(str, files)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def python(root: Path, served: Path, host: str) -> bool:
    with serving(served) as port, socket.create_connection(("127.0.0.1", port)) as plain:
        try:
            ssl.create_default_context(cafile=str(root)).wrap_socket(plain, server_hostname=host).close()
        except ssl.SSLCertVerificationError:
            return False
    return True


def curl(root: Path, served: Path, host: str) -> bool:
    with serving(served) as port:
        command = ["curl", "-sS", "--cacert", str(root), "--resolve", f"{host}:{port}:127.0.0.1", "--noproxy", "*"]
        done = subprocess.run([*command, f"https://{host}:{port}/"], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 60), done.stderr
    return done.returncode == 0


@contextmanager
def serving(served: Path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(served)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            while True:
                try:
                    plain, _ = listening.accept()
                except OSError:
                    return
                try:
                    with context.wrap_socket(plain, server_side=True) as secured:
                        if secured.recv(4096):
                            secured.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nmade")
                except OSError:
                    plain.close()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(20)


def chromium(trusted: Mapping[str, Path], home: Path, url: str, *options: str) -> str:
    """What Chromium shows of ``url``: nothing, where it does not take the certificate. ``trusted``: by any name."""
    database = home / ".pki" / "nssdb"
    if not database.exists():
        database.mkdir(parents=True)
        certutil = ["certutil", "-d", f"sql:{database}"]
        subprocess.run([*certutil, "-N", "--empty-password"], check=True)
        for name, root in trusted.items():
            subprocess.run([*certutil, "-A", "-n", name, "-t", "C,,", "-i", str(root)], check=True)
    command = ["chromium-headless-shell", "--no-sandbox", "--disable-gpu", f"--user-data-dir={home}", *options]
    done = subprocess.run(
        [*command, "--dump-dom", url],
        env={**os.environ, "HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout
