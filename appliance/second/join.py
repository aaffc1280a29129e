"""Become a second gateway of the first box's appliance: with a code, over TLS that its pin vouches for."""

import base64
import platform
import secrets
from binascii import Error
from pathlib import Path

from detection.client import Answer, Failure, NoAnswerError
from detection.enrolling import device_key, pin
from detection.enrolling.asking import ask
from detection.json_object import WireError, read_object
from detection.private_file import replace_privately

KEY, CERTIFICATE, AUTHORITY = "gateway.key", "gateway.crt", "first.pem"
PUBLIC_KEY, LIBRARY_KEY, CANARY_KEY = "appliance.pub", "library.pub", "canary.key"
REFUSALS = {
    403: "the code is unknown, used up or over; have a new one made there with: gatehouse device code",
    404: "nobody there takes gateways; is the address, with its port, the one that gatehouse device code says?",
    429: "too many wrong codes came from here; try again in ten minutes",
}
FAILURES = {
    Failure.UNREACHABLE: "there is no connection; check the address, and gateways_from in the first box's box.toml",
    Failure.CERTIFICATE: "its certificate is not for that name or address: agents_names in the first box's box.toml",
    Failure.NO_ANSWER: "the connection broke off; have a new code made and try again",
}


class JoinError(ValueError):
    """Why it came to nothing, and what to do."""


def join(appliance_url: str, code: str, folder: Path, key: bytes | None = None) -> str:
    """As what it is known there; all it needs is in ``folder``, the key last, so that with the key all is there.
    ``key``: the one it has, where it joins again."""
    try:
        authority = _authority(appliance_url, code)
        key = key or device_key.new_key()
        return _taken(_ask(appliance_url, code, authority, key), authority, key, folder)
    except NoAnswerError as e:
        raise JoinError(f"{appliance_url}: {FAILURES[e.failure]}") from e
    except (pin.WrongAuthorityError, WireError, Error) as e:
        raise JoinError(f"{appliance_url}: {e}") from e


def _authority(appliance_url: str, code: str) -> str:
    try:
        wanted = pin.pin_of(code)
    except ValueError:
        wanted = b""
    if len(wanted) < 16:  # else anybody on the way could answer, and be told the code
        raise JoinError("the code is not whole: it ends in a point and what stands behind it")
    return pin.fetch_authority(appliance_url, wanted)


def _ask(appliance_url: str, code: str, authority: str, key: bytes) -> Answer:
    said = {
        "kind": "gateway",
        "csr": device_key.request(key, platform.node()),
        "system": platform.platform(),
        "agent_version": "",
    }
    return ask(appliance_url, code, said, authority.encode())


def _taken(answer: Answer, authority: str, key: bytes, folder: Path) -> str:
    if answer.status != 201:
        raise JoinError(REFUSALS.get(answer.status, f"it answered {answer.status}; see the log of gatehouse-agents"))
    row = read_object(answer.body)
    certificate = row.text("certificate")
    if not device_key.belongs(key, certificate):
        raise WireError("certificate: is not for the key of this box")
    keys = {name: base64.b64decode(row.text(field), validate=True) for name, field in _KEYS.items()}
    if len(keys[PUBLIC_KEY]) != 32 or len(keys[LIBRARY_KEY]) != 32:
        raise WireError("public_key and library_key: are not of 32 bytes each")
    # Where the first box has none it is one that nobody knows, and no text is taken for a test.
    keys[CANARY_KEY] = keys[CANARY_KEY] or secrets.token_bytes(32)
    named = f"{row.text('device')} of {row.text('organisation')}"
    files = keys | {AUTHORITY: authority.encode(), CERTIFICATE: certificate.encode(), KEY: key}
    for name, content in files.items():
        replace_privately(folder / name, content)
    return named


_KEYS = {PUBLIC_KEY: "public_key", LIBRARY_KEY: "library_key", CANARY_KEY: "canary_key"}
