"""A school's enrolment page as tests need it: a root certificate, a notice, two networks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from console.enrolment.settings import Contact, EnrolmentSettings, Network

HOSTNAME = "gatehouse.hillside.test"
PUPILS = Network(name="pupils", address="10.20.0.1/16", address6="2001:db8:20::1/64")
GUESTS = Network(name="guests", address="10.30.0.1/16", reads="names", proxy=False)
NOTICE = "We read what goes through this network.\n\nQuestions? <b>Ask</b> us."


def certificate(name: str = "Gatehouse Hillside Root", *, authority: bool = True) -> bytes:
    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime(2026, 9, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(now).not_valid_after(now + timedelta(days=3652))
    builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def settings(folder: Path, **more: Any) -> EnrolmentSettings:
    (folder / "root.pem").write_bytes(certificate())
    (folder / "notice.txt").write_text(NOTICE)
    plain = EnrolmentSettings(
        school="Hillside School",
        hostname=HOSTNAME,
        root=folder / "root.pem",
        notice=folder / "notice.txt",
        network=(PUPILS, GUESTS),
        contact=(Contact(role="Safeguarding lead", name="Priya Shah", email="dsl@hillside.test"),),
    )
    return replace(plain, **more)
