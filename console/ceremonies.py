"""What a browser is asked about a passkey and what it may answer (WebAuthn), by the library ``fido2``.

A device must have seen its owner: their finger, face or PIN. Who made it is not asked.
"""

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self, cast
from urllib.parse import urlsplit

from fido2 import cbor
from fido2.cose import CoseKey, UnsupportedKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

GOOD_FOR = timedelta(minutes=5)
_SEEN = UserVerificationRequirement.REQUIRED
_NONSENSE = (ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, struct.error, RecursionError)
"""What the library raises at answers that are none."""


class Refused(ValueError):
    """An answer that proves nothing; in words for the log, never for whoever sent it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a browser is asked, kept in its signed cookie until the answer comes."""

    challenge: str
    at: datetime

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.challenge.encode()).hexdigest()

    def kept(self) -> dict[str, str]:
        return {"challenge": self.challenge, "at": self.at.isoformat()}

    @classmethod
    def of(cls, kept: Any) -> Self | None:
        if not isinstance(kept, dict) or not {"challenge", "at"} <= kept.keys():
            return None
        return cls(challenge=kept["challenge"], at=datetime.fromisoformat(kept["at"]))

    def is_good(self, now: datetime) -> bool:
        return timedelta(0) <= now - self.at < GOOD_FOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A passkey that a device has just made."""

    credential_id: str
    public_key: str
    sign_count: int


class Ceremonies:
    """``origin``: the one address at which passkeys are asked for; they belong to its host name."""

    def __init__(self, origin: str) -> None:
        entity = PublicKeyCredentialRpEntity(name="Gatehouse", id=host_of(origin))
        nobody = AttestationConveyancePreference.NONE
        self._server = Fido2Server(entity, nobody, verify_origin=lambda said: said == origin)

    def to_make(self, login: str, name: str, handle: str, known: list[str], now: datetime) -> tuple[str, Question]:
        """JSON for the browser. ``known``: credentials that a device must not make a second time."""
        user = PublicKeyCredentialUserEntity(name=login, display_name=name, id=websafe_decode(handle))
        kind = PublicKeyCredentialType.PUBLIC_KEY
        options, state = self._server.register_begin(
            user,
            [PublicKeyCredentialDescriptor(type=kind, id=websafe_decode(each)) for each in known],
            resident_key_requirement=ResidentKeyRequirement.REQUIRED,
            user_verification=_SEEN,
        )
        return json.dumps(dict(options.public_key)), Question(challenge=state["challenge"], at=now)

    def made(self, question: Question, answer: str) -> Made:
        """Refused unless a device made it just now, for here, and its owner was seen."""
        try:
            data = self._server.register_complete(_state(question), _read(answer))
            credential = data.credential_data
            if credential is None or isinstance(credential.public_key, UnsupportedKey):
                raise Refused("a key of an unknown kind")
            key = websafe_encode(cbor.encode(dict(credential.public_key)))
        except _NONSENSE as e:
            raise Refused(str(e)) from e
        return Made(
            credential_id=websafe_encode(credential.credential_id), public_key=key, sign_count=int(data.counter)
        )

    def to_answer(self, now: datetime) -> tuple[str, Question]:
        """JSON for the browser. No account is named: the device knows which it has, and nobody learns who has any."""
        options, state = self._server.authenticate_begin(user_verification=_SEEN)
        return json.dumps(dict(options.public_key)), Question(challenge=state["challenge"], at=now)

    def answered(self, question: Question, answer: str, public_key: str, handle: str) -> int:
        """The counter it came with. Refused unless that key answered that question, here, and its owner was seen."""
        try:
            response = AuthenticationResponse.from_dict(_read(answer))
            said = response.response.user_handle
            if said is not None and websafe_encode(said) != handle:
                raise Refused("the account is another's")
            key = CoseKey.parse(cast("Mapping[int, Any]", cbor.decode(websafe_decode(public_key))))
            known = AttestedCredentialData.create(Aaguid.NONE, response.raw_id, key)
            self._server.authenticate_complete(_state(question), [known], response)
        except _NONSENSE as e:
            raise Refused(str(e)) from e
        return int(response.response.authenticator_data.counter)


def host_of(origin: str) -> str:
    return urlsplit(origin).hostname or ""


def named_in(answer: str) -> str:
    """Which credential an answer says it is of; empty where it says none."""
    try:
        said = _read(answer).get("rawId")
    except Refused:
        return ""
    return said if isinstance(said, str) else ""


def _state(question: Question) -> dict[str, Any]:
    return {"challenge": question.challenge, "user_verification": _SEEN}


def _read(answer: str) -> Mapping[str, Any]:
    try:
        read = json.loads(answer)
    except (ValueError, RecursionError) as e:
        raise Refused("no JSON") from e
    if not isinstance(read, dict):
        raise Refused("no object")
    return read
