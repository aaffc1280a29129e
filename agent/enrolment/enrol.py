"""Make this device known to its school's appliance: a key of its own, and a certificate for a code."""

import base64
from binascii import Error
from dataclasses import dataclass
from pathlib import Path

from agent.enrolment import enrolled
from detection.client import Answer, Failure, NoAnswerError
from detection.enrolling import device_key, pin
from detection.enrolling.asking import ask
from detection.json_object import WireError, read_object
from detection.settings import SettingsError

REFUSALS = {
    403: "the code is unknown, used up or over; have a new one made with: gatehouse agent code",
    404: "this is no appliance that takes agents; is the address, with its port, that of “gatehouse agents”?",
    429: "too many wrong codes came from here; try again in ten minutes",
}
FAILURES = {
    Failure.UNREACHABLE: "there is no connection; check the address, the port and the network",
    Failure.CERTIFICATE: "its certificate is not signed by whom it should be, or is for another name; give --authority "
    "FILE or --fingerprint SHA256 of the right one",
    Failure.NO_ANSWER: "the connection broke off, or is with something that speaks no TLS 1.3; try again",
}


class EnrolmentError(ValueError):
    """Why it came to nothing, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    appliance_url: str
    code: str
    authority: Path | None = None
    """Who signs the appliance's certificate, as a file; else by ``fingerprint``, or by the pin behind the code; else
    the system's own list counts."""
    fingerprint: str = ""
    name: str
    """What the device would like to be called."""
    system: str
    agent_version: str
    again: bool = False
    """Also where the device is enrolled, as after the appliance has lost its authority. The key stays, for all that the
    device keeps hangs on it."""


def enrol(asked: Asked, state: Path) -> enrolled.Enrolled:
    """Everything is in ``state`` when this returns, or nothing. EnrolmentError says what to do."""
    if enrolled.is_enrolled(state) and not asked.again:
        raise EnrolmentError(f"{state}: this device is enrolled already; see gatehouse-agent status, or say --again")
    try:
        enrolled.prove(state)  # a code is used up by the asking
        return _enrol(asked, state)
    except NoAnswerError as e:
        raise EnrolmentError(f"{asked.appliance_url}: {FAILURES[e.failure]}") from e
    except pin.WrongAuthorityError as e:
        raise EnrolmentError(f"{asked.appliance_url}: not the appliance that was meant: {e}") from e
    except FileExistsError as e:
        raise EnrolmentError(f"{state}: this device is enrolled already") from e
    except OSError as e:
        raise EnrolmentError(f"{e.filename or state}: {e.strerror}") from e


def _enrol(asked: Asked, state: Path) -> enrolled.Enrolled:
    trusted = _trusted(asked)
    key = enrolled.read(state).key.read_bytes() if enrolled.is_enrolled(state) else device_key.new_key()
    answer = _ask(asked, trusted, device_key.request(key, asked.name))
    if answer.status != 201:
        raise EnrolmentError(f"{asked.appliance_url}: {_refusal(answer)}")
    enrolled.write(state, _content(asked, key, trusted, answer.body), again=asked.again)
    return enrolled.read(state)


def _trusted(asked: Asked) -> bytes:
    """Nothing: the system's own list."""
    if asked.authority:
        return asked.authority.read_bytes()
    try:
        wanted = pin.fingerprint(asked.fingerprint) if asked.fingerprint else pin.pin_of(asked.code)
    except (ValueError, Error) as e:
        raise EnrolmentError(f"the fingerprint, or what stands behind the point of the code, is mistyped: {e}") from e
    return pin.fetch_authority(asked.appliance_url, wanted).encode() if wanted else b""


def _ask(asked: Asked, trusted: bytes, csr: str) -> Answer:
    said = {"csr": csr, "system": asked.system, "agent_version": asked.agent_version}
    try:
        return ask(asked.appliance_url, asked.code, said, trusted, str(asked.authority or "the authority"))
    except SettingsError as e:
        raise EnrolmentError(str(e)) from e


def _content(asked: Asked, key: bytes, trusted: bytes, body: bytes) -> dict[str, bytes]:
    try:
        row = read_object(body)
        certificate = row.text("certificate")
        if not device_key.belongs(key, certificate):
            raise WireError("certificate: is not for the key of this device")
        files = {
            enrolled.KEY: key,
            enrolled.CERTIFICATE: certificate.encode(),
            enrolled.PUBLIC_KEY: base64.b64decode(row.text("public_key"), validate=True),
            enrolled.LIBRARY_KEY: base64.b64decode(row.text("library_key"), validate=True),
            enrolled.TRUSTED: trusted,
            enrolled.DEVICE: enrolled.device_row(
                asked.appliance_url, row.text("device"), row.text("organisation"), device_key.life_of(certificate)
            ),
        }
    except (WireError, Error) as e:
        raise EnrolmentError(f"{asked.appliance_url}: the answer cannot be used: {e}") from e
    if len(files[enrolled.PUBLIC_KEY]) != 32:
        raise EnrolmentError(f"{asked.appliance_url}: the answer cannot be used: public_key: is not 32 bytes")
    return {name: content for name, content in files.items() if content}


def _refusal(answer: Answer) -> str:
    return REFUSALS.get(answer.status, f"it answered {answer.status}; see the appliance's log")
