"""Devices that keep passkeys: Chromium's own virtual one, and one of a few lines that also lies."""

import hashlib
import json
import struct
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode
from playwright.sync_api import CDPSession, Page


class Virtual:
    """In a page of Chromium's; it stays through all its navigations."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("WebAuthn.enable", {"enableUI": False})
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self._id = self._say("addVirtualAuthenticator", options=options)["authenticatorId"]

    def keys(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._say("getCredentials", authenticatorId=self._id)["credentials"]
        return found

    def take(self, key: dict[str, Any]) -> None:
        """In place of whatever it has."""
        self._say("clearCredentials", authenticatorId=self._id)
        self._say("addCredential", authenticatorId=self._id, credential=key)

    def does_not_see_its_owner(self) -> None:
        self._say("setUserVerified", authenticatorId=self._id, isUserVerified=False)

    def _say(self, what: str, **more: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self._session.send(f"WebAuthn.{what}", more)
        return answer


@dataclass
class Soft:
    """Says what it is told to say, by a browser at ``origin`` for ``host``."""

    origin: str = "https://console.oak.example"
    host: str = "console.oak.example"
    flags: int = 0x05
    """Present and verified."""
    counter: int = 1
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = b"a credential of it"
    handle: str = ""

    def make(self, options: str) -> str:
        asked = json.loads(options)
        self.handle = self.handle or asked["user"]["id"]
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        about = bytes(16) + struct.pack(">H", len(self.credential)) + self.credential + public
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": self._data(0x40) + about})
        return self._said(self._client("webauthn.create", asked), attestationObject=attested)

    def answer(self, options: str) -> str:
        client, data = self._client("webauthn.get", json.loads(options)), self._data(0)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        more = {"userHandle": self.handle} if self.handle else {}
        return self._said(client, authenticatorData=data, signature=signature, **more)

    def _data(self, more: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + struct.pack(">BI", self.flags | more, self.counter)

    def _client(self, kind: str, asked: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin}).encode()

    def _said(self, client: bytes, **parts: bytes | str) -> str:
        response = {
            name: part if isinstance(part, str) else websafe_encode(part)
            for name, part in {"clientDataJSON": client, **parts}.items()
        }
        id = websafe_encode(self.credential)
        return json.dumps({"id": id, "rawId": id, "type": "public-key", "response": response})
