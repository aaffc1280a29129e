"""An address that is nobody's to read but the safeguarding lead's: sealed at the sensor, opened where they read it."""

import base64
import binascii

from detection.sealing import Opener, Sealer, SealingError

_SEALED = "sealed:"
_LONGEST = 2000
"""Characters of an address that are kept."""


def seal(address: str, sealer: Sealer) -> str:
    """As one line of text, which takes the address's place wherever a detection is kept."""
    content = address[:_LONGEST].encode("utf-8", "replace")
    return _SEALED + base64.b64encode(sealer.seal_alike(content)).decode("ascii")


def is_sealed(location: str) -> bool:
    return location.startswith(_SEALED)


def opened(location: str, opener: Opener) -> str:
    """SealingError where it was not sealed to this key, or is damaged."""
    try:
        sealed = base64.b64decode(location.removeprefix(_SEALED), validate=True)
    except binascii.Error as e:
        raise SealingError("the sealed address is damaged") from e
    return opener.open(sealed).decode("utf-8", "replace")
