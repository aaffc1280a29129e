"""What a value in box.toml must be like, for all that stands there: ValueError says what is wrong with it."""

import ipaddress
import re

CARD_NAME = re.compile(r"[A-Za-z0-9_.-]{1,15}")  # what the kernel takes for a card's name
HOST_NAME = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
"""A whole one: "gatehouse.school.example"."""


def must_be_interface(text: str, version: int, what: str) -> None:
    try:
        given = ipaddress.ip_interface(text)
    except ValueError as e:
        raise ValueError(f"{what}: {e}") from e
    must("/" in text and given.version == version, f"{what} {text!r}: an IPv{version} address with its prefix length")


def must_be_network(text: str, what: str) -> None:
    try:
        ipaddress.ip_network(text)
    except ValueError as e:
        raise ValueError(f"{what}: {e}") from e


def is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def must(holds: object, said: str) -> None:
    if not holds:
        raise ValueError(said)
