"""Ask an appliance to be let in, with a code and over TLS that whoever is trusted vouches for."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from detection.client import Answer, Client, ClientSettings
from detection.settings import SettingsError


def ask(
    appliance_url: str, code: str, said: Mapping[str, str], trusted: bytes, called: str = "the authority"
) -> Answer:
    """Of ``code`` what stands before its pin is told. ``trusted``: certificates as PEM; the system's own list where it
    is empty. NoAnswerError, or SettingsError, in which ``trusted`` is ``called`` so."""
    body = json.dumps({"version": 1, "code": code.partition(".")[0].strip(), **said}).encode()
    client = _client(appliance_url, trusted, called)
    try:
        return client.request("POST", "/agent/enrol", body, "application/json")
    finally:
        client.close()


def _client(appliance_url: str, trusted: bytes, called: str) -> Client:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "trusted.pem"
        file.write_bytes(trusted)
        try:
            return Client(ClientSettings(appliance_url=appliance_url, ca_file=file if trusted else None))
        except SettingsError as e:
            raise SettingsError(str(e).replace(str(file), called)) from e
