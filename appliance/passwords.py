"""Passwords: hashed with Argon2, long enough, and checked in the same time whether or not somebody has one."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MINIMUM = 12
MAXIMUM = 1000
_HASHER = PasswordHasher()


def hashed(password: str) -> str:
    return _HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """``stored`` is None for whoever does not exist; finding that out takes as long as a wrong password."""
    try:
        _HASHER.verify(stored or _nobodys(), password[: MAXIMUM + 1])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether it was hashed with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


def check(password: str, login: str) -> None:
    """ValueError, in words for whoever chose it, if it will not do."""
    if len(password) < MINIMUM:
        raise ValueError(f"A password needs {MINIMUM} characters or more; three or four words do well.")
    if len(password) > MAXIMUM:
        raise ValueError(f"A password may have {MAXIMUM} characters at most.")
    if login.casefold() in password.casefold() and len(password) < MINIMUM + len(login):
        raise ValueError("The password is little more than the login.")
    if len(set(password)) < 5:
        raise ValueError("The password repeats the same few characters.")


def generated() -> str:
    """20 characters that can be read out over a telephone."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_hex(16))
