"""Addresses of illegal content, opened for whoever may read them; as text, and never as a link."""

from pathlib import Path

from flask import Flask, current_app

from appliance.models import Capture
from appliance.permissions import Action, may
from console import access
from detection.sealed_address import is_sealed, opened
from detection.sealing import Opener, SealingError

_OPENER = "address-opener"
NOT_YOURS = "The address is sealed. The safeguarding lead can read it."
NO_KEY = "The address is sealed, and this console has no key to open it (private_key in its settings)."
OTHER_KEY = "The address is sealed to another key than this console’s, or damaged."


def init_app(app: Flask) -> None:
    """ValueError, in words, where the settings name a key that will not do."""
    file = app.extensions["settings"].private_key
    app.extensions[_OPENER] = opener(file) if file else None


def address(capture: Capture) -> str:
    """Where it was, or why that is not said."""
    if not is_sealed(capture.location):
        return capture.location
    if not may(access.reviewer(), Action.OPEN_ADDRESS, capture):
        return NOT_YOURS
    key: Opener | None = current_app.extensions[_OPENER]
    if key is None:
        return NO_KEY
    try:
        return opened(capture.location, key)
    except SealingError:
        return OTHER_KEY


def opener(file: Path) -> Opener:
    """ValueError, in words, where it will not do."""
    try:
        return Opener(file.read_bytes())
    except OSError as e:
        raise ValueError(f"{file}: private_key: cannot be read: {e.strerror}") from e
    except (ValueError, TypeError) as e:
        raise ValueError(f"{file}: private_key: is not a key that gatehouse keys made") from e
