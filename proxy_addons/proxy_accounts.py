"""Who may sign in at the explicit proxy: a file of logins, hashes and references to people, of the proxy's own.

Not the school's directory: a browser sends these passwords over the network in the clear, so they must open nothing
else.
"""

import hashlib
import hmac
import os
import secrets
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

COST, BLOCK, LANES = 1 << 13, 8, 1
"""Of scrypt: about 25 ms and 8 MB for each password that is not remembered."""
REMEMBERED = 3600.0
"""Seconds; browsers send the password with every connection."""
_MOST_REMEMBERED = 10_000
_LOOKED_AT = 5.0
"""Seconds after which the file may be looked at again."""


@dataclass(frozen=True, slots=True)
class Account:
    login: str
    hashed: str
    person: str
    """A reference, never a name; empty where it is only known that they may use the proxy."""

    def line(self) -> str:
        return f"{self.login}:{self.hashed}:{self.person}"


def hashed(password: str) -> str:
    salt = secrets.token_bytes(16)
    digest = _scrypt(password, salt, COST, BLOCK, LANES)
    return f"scrypt${COST}${BLOCK}${LANES}${b64encode(salt).decode()}${b64encode(digest).decode()}"


def read_accounts(file: Path) -> dict[str, Account]:
    """By login. ValueError names the line, never what stands in it."""
    accounts: dict[str, Account] = {}
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.strip().split(":")
        if len(parts) != 3 or not parts[0] or parts[0] in accounts or not _is_hash(parts[1]):
            raise ValueError(f"{file}, line {number}: must be login:scrypt$…:person, each login once")
        accounts[parts[0]] = Account(*parts)
    return accounts


class Accounts:
    """Asked from threads; a changed file counts within seconds, a broken one not at all."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._file, self._clock = file, clock
        self._lock, self._secret = Lock(), secrets.token_bytes(32)
        self._remembered: dict[bytes, float] = {}
        self._changed, self._looked = _changed(file), clock()
        self._accounts = read_accounts(file)
        self._nobody = hashed(secrets.token_hex(16))

    def remembered(self, login: str, password: str) -> Account | None:
        """At once, where it was right a while ago."""
        with self._lock:
            self._look_again()
            if self._remembered.get(self._key(login, password), -1.0) > self._clock():
                return self._accounts.get(login)
        return None

    def check(self, login: str, password: str) -> Account | None:
        """Takes as long for a login that there is not."""
        with self._lock:
            account = self._accounts.get(login)
        if not _matches(account.hashed if account else self._nobody, password) or account is None:
            return None
        with self._lock:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[self._key(login, password)] = self._clock() + REMEMBERED
        return account

    def _look_again(self) -> None:
        if self._clock() - self._looked < _LOOKED_AT:
            return
        self._looked = self._clock()
        if (changed := _changed(self._file)) == self._changed:
            return
        try:
            self._accounts = read_accounts(self._file)
        except (OSError, ValueError):
            return  # it is being edited; who could sign in still can
        self._changed = changed
        self._remembered.clear()

    def _key(self, login: str, password: str) -> bytes:
        return hmac.digest(self._secret, f"{login}\0{password}".encode(), "sha256")


def _matches(stored: str, password: str) -> bool:
    _, cost, block, lanes, salt, digest = stored.split("$")
    made = _scrypt(password, b64decode(salt), int(cost), int(block), int(lanes))
    return hmac.compare_digest(made, b64decode(digest))


def _is_hash(text: str) -> bool:
    parts = text.split("$")
    if len(parts) != 6 or parts[0] != "scrypt" or not all(part.isdigit() for part in parts[1:4]):
        return False
    cost, block, lanes = map(int, parts[1:4])
    # More than this would be a way to keep the gateway busy.
    return cost in {1 << power for power in range(10, 18)} and 1 <= block <= 16 and 1 <= lanes <= 4


def _scrypt(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=1 << 28, dklen=32)


def _changed(file: Path) -> tuple[int, int, int]:
    try:
        status = os.stat(file)
    except OSError:
        return (0, 0, 0)
    return (status.st_ino, status.st_size, status.st_mtime_ns)
