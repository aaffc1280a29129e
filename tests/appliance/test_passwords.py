"""Passwords are hashed, long enough, and told apart from none in equal time."""

import argon2
import pytest

from appliance import passwords

GOOD = "three quiet otters"


def test_only_the_right_one_matches() -> None:
    stored = passwords.hashed(GOOD)
    assert passwords.matches(stored, GOOD)
    assert not passwords.matches(stored, GOOD + " ")
    assert not passwords.matches(None, GOOD)
    assert not passwords.matches("", GOOD)
    assert not passwords.matches("not a hash", GOOD)


def test_whoever_does_not_exist_costs_a_hash_too(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    plain = argon2.PasswordHasher.verify

    def noted(self: argon2.PasswordHasher, stored: str, password: str) -> bool:
        verified.append(stored)
        return plain(self, stored, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", noted)
    passwords.matches(None, GOOD)
    [stored] = verified
    today = argon2.extract_parameters(passwords.hashed(GOOD))
    assert argon2.extract_parameters(stored) == today


def test_a_hash_of_other_parameters_is_outdated() -> None:
    assert passwords.is_outdated(argon2.PasswordHasher(time_cost=1, memory_cost=1024).hash(GOOD))
    assert not passwords.is_outdated(passwords.hashed(GOOD))


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "12 characters or more"),
        ("x" * 1001, "at most"),
        ("safeguarding", "little more than the login"),
        ("abababababab", "same few characters"),
    ],
)
def test_what_will_not_do(password: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        passwords.check(password, "safeguarding")


@pytest.mark.parametrize("password", [GOOD, "пароль для школы", passwords.generated()])
def test_what_will_do(password: str) -> None:
    passwords.check(password, "dsl")


def test_no_two_are_made_alike() -> None:
    assert len({passwords.generated() for _ in range(100)}) == 100
