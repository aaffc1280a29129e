"""What is wrong with a gateway's certificates, by its status file: in sentences that say what to do."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from detection.json_object import parse_time

SOON = timedelta(days=60)
ROOT_SOON = timedelta(days=365)
"""A new root has to reach every device before the old one ends."""


def authority_trouble(authority: Mapping[str, Any], now: datetime) -> str:
    """Empty where there is none. With the root's key at hand a gateway renews by itself."""
    if not authority:
        return ""
    expires, root = (parse_time(authority[key], key) for key in ("expires", "root_expires"))
    if root - now < ROOT_SOON:
        return (
            f"The root that devices trust ends on {root:%Y-%m-%d}. Another has to be trusted by every device before "
            "that day: begin now."
        )
    if authority.get("root_key") == "here":
        return "" if expires > now else f"What it signs with ended on {expires:%Y-%m-%d}: start it again."
    if expires - now < SOON:
        return (
            f"What it signs with ends on {expires:%Y-%m-%d}, and the root’s key is not at hand: make the next with "
            "gatehouse authority intermediate. After that day devices refuse every site it opens."
        )
    if authority.get("outdated"):
        return (
            "Its lists name other banks, health services or helplines than its certificate excludes, and the root’s "
            "key is not at hand: make the next with gatehouse authority intermediate. Until then what was added is "
            "left closed by the list alone, and what was taken off shows an error."
        )
    return ""


def revocation_trouble(revocation: Mapping[str, Any]) -> str:
    """Lists of revoked certificates that should have been replaced; they still count."""
    if not (old := int(revocation.get("expired") or 0)):
        return ""
    return (
        f"{old} of its {revocation.get('lists')} lists of revoked certificates are past the day by which their issuer "
        "promised a newer one: replace them. What they name is still refused."
    )
