"""What is kept secret on this device hangs on its key: whoever has not that cannot read it."""

import hmac
from pathlib import Path


def derived(key_file: Path, purpose: str) -> bytes:
    """A key of 32 bytes that only this device can make again; another one for each purpose."""
    return hmac.digest(key_file.read_bytes(), f"gatehouse {purpose}".encode(), "sha256")
