"""Who is signed in at the screen: asked of the system by a watcher behind this interface."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

PASSWD = Path("/etc/passwd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    id: str
    """Never given twice on this device."""
    uid: int
    account: str
    since: datetime


class Logins(Protocol):
    def start(self, changed: Callable[[], None]) -> None:
        """``changed`` is called, from any thread, whenever somebody came or went."""

    def now(self) -> Iterable[Login]:
        """Everybody at the screen; OSError where the system does not say."""

    def stop(self) -> None: ...


def account_of(uid: int) -> str:
    """Empty where the system knows none."""
    if sys.platform == "win32":
        return ""
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return ""


def uid_of(account: str) -> int | None:
    """None where the system knows no such account, or has no numbers for them."""
    if sys.platform == "win32":
        return None
    import pwd

    try:
        return pwd.getpwnam(account).pw_uid
    except KeyError:
        return None


def is_local(account: str, passwd: Path = PASSWD) -> bool:
    """Whether the device itself made the account, and not a directory that a school keeps."""
    if sys.platform == "win32":
        return account.startswith(".\\")  # as agent.windows.account spells it
    if sys.platform == "darwin":
        from agent.macos.accounts import is_local as is_local_on_a_mac

        return is_local_on_a_mac(account)
    try:
        with passwd.open("r", encoding="utf-8", errors="replace") as rows:
            return any(row.partition(":")[0] == account for row in rows)
    except OSError:
        return False
