"""Helplines and support organisations: no sensor captures, remembers or notes anything of a visit to one."""

import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from detection.observation import Observation

FILE = Path(__file__).with_name("helplines.toml")


@cache
def domains() -> frozenset[str]:
    tables = tomllib.loads(FILE.read_text("utf-8"))
    return frozenset(domain for table in tables.values() for domain in table["domains"])


def is_helpline(host: str) -> bool:
    """By whole labels: "notchildline.org.uk" is none."""
    labels = host.rstrip(".").lower().split(".")
    return any(".".join(labels[start:]) in domains() for start in range(len(labels) - 1))


def is_private(seen: Observation) -> bool:
    """Whether it happened at a helpline, or says no more than the address of one.

    The gateway does not open these connections at all; this is for what reaches a sensor on another way.
    """
    return is_helpline(seen.app) or is_helpline(host_of(seen.location)) or is_helpline(host_of(seen.text))


def host_of(address: str) -> str:
    """Of an address with or without scheme; empty where it is none."""
    bare = address.strip()
    if len(bare) > 2000 or " " in bare or "." not in bare:
        return ""
    try:
        return urlsplit(bare if "://" in bare else f"//{bare}").hostname or ""
    except ValueError:
        return ""
