"""Whom a code may be told to: the authority whose fingerprint somebody gave us, or that stands behind the code."""

import base64
import hashlib
import re
import ssl
from http.client import HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from detection.client import Failure, NoAnswerError

LARGEST = 64 * 2**10


class WrongAuthorityError(ValueError):
    """The appliance there is not the one that was meant."""


def pin_of(code: str) -> bytes:
    """The first bytes of a fingerprint, from behind the code's point; nothing where there is none. ValueError where it
    is no pin."""
    pin = "".join(code.partition(".")[2].split()).upper()
    return base64.b32decode(pin + "=" * (-len(pin) % 8)) if pin else b""


def fingerprint(said: str) -> bytes:
    """As people copy it, with colons or without. ValueError where it is none."""
    plain = re.sub(r"[\s:]", "", said).removeprefix("sha256=")
    found = bytes.fromhex(plain)
    if len(found) != 32:
        raise ValueError("a fingerprint is a SHA-256 of 64 hexadecimal digits")
    return found


def fetch_authority(appliance_url: str, pin: bytes, timeout: float = 20.0) -> str:
    """The appliance's authority as PEM, if its fingerprint begins with ``pin``; nothing is told to the other end
    meanwhile. WrongAuthorityError, or NoAnswerError."""
    pem = _asked(appliance_url, timeout)
    try:
        found = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).digest()
    except ValueError:
        raise WrongAuthorityError("it answers with no certificate") from None
    if not pin or not found.startswith(pin):
        raise WrongAuthorityError(f"the fingerprint of its authority is {found.hex()}, which is another one")
    return pem


def _asked(appliance_url: str, timeout: float) -> str:
    parts = urlsplit(appliance_url)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # What comes is compared with the pin; a certificate that is checked by nobody tells nothing and hears nothing.
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        line = HTTPSConnection(parts.hostname or "", parts.port or 443, timeout=timeout, context=context)
        line.request("GET", f"{parts.path.rstrip('/')}/agent/authority")
        answer = line.getresponse()
        body = answer.read(LARGEST)
        line.close()
    except (OSError, HTTPException) as e:
        raise NoAnswerError(Failure.UNREACHABLE) from e
    if answer.status != 200:
        raise WrongAuthorityError(f"it answered {answer.status} when asked for its authority: is it an appliance?")
    return body.decode("ascii", "replace").strip()
