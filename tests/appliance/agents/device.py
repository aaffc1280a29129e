"""A device with an agent, as the appliance meets it: a key, a certificate, and real TLS."""

import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


def csr(key: Any = None, name: str = "LAB 07") -> str:
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    return made.public_bytes(Encoding.PEM).decode()


def heartbeat(sent_at: datetime, **fields: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "version": 1,
        "sent_at": sent_at.isoformat(),
        "agent_version": "1.0",
        "engine_version": "e1",
        "library_version": "l1",
        "model_version": "",
        "policy_version": "",
        "system": "Linux 6.1",
        "outbox": {"waiting": 0, "set_aside": 0, "dropped": 0, "oldest_waiting": None},
        "last_detection_at": None,
        "health": [],
        "addresses": ["127.0.0.1"],
        "sign_ins": [],
        "events": [],
        "padding": "x" * 100,
    }
    return plain | fields


def sign_in(since: datetime, account: str = "s.field", **fields: Any) -> dict[str, Any]:
    plain = {"id": "s1", "account": account, "since": since.isoformat(), "until": None, "local": False}
    return plain | fields


def event(at: datetime, kind: str = "started", **fields: Any) -> dict[str, Any]:
    return {"id": "e1", "at": at.isoformat(), "until": None, "kind": kind, "account": "", "said": ""} | fields


@dataclass
class DeviceUnderTest:
    address: str
    folder: Path
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    told: dict[str, str] = field(default_factory=dict)
    """What it was told when it enrolled."""

    def enrol(self, code: str) -> int:
        asked = {"version": 1, "code": code, "csr": csr(self.key), "system": "Linux 6.1", "agent_version": "1.0"}
        answer = self.ask("POST", "/agent/enrol", asked)
        if answer.status == 201:
            self.told = answer.json()
            self.take(self.told["certificate"])
        return answer.status

    def take(self, certificate: str) -> None:
        private = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self.own.write_bytes(private + certificate.encode())

    @property
    def own(self) -> Path:
        return self.folder / "device.pem"

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> urllib3.BaseHTTPResponse:
        """On a connection of its own: what is trusted changes with enrolment."""
        context = ssl.create_default_context(cadata=self.trusted())
        if self.own.exists():
            context.load_cert_chain(self.own)
        with urllib3.PoolManager(ssl_context=context) as pool:
            return pool.request(
                method, f"{self.address}{path}", json=body, headers=headers or None, retries=False, timeout=30
            )

    def trusted(self) -> str:
        """As a device does that has a pin: anybody's word first, then compared."""
        return self.told.get("authority") or (self.folder / "authority.pem").read_text()

    def beat(self, **fields: Any) -> urllib3.BaseHTTPResponse:
        return self.ask("POST", "/agent/heartbeat", heartbeat(datetime.now(UTC), **fields))
