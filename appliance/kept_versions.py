"""What this Gatehouse came with, kept in the vault: a detection names its library and model long after others came.

A version is the beginning of a SHA-256, and the vault names what it keeps by that: so a version finds its content.
"""

import json

from detection.library import Library, parse
from detection.model.second_opinion import WEIGHTS, SecondOpinion
from images.vault import Vault


def keep(vault: Vault, shipped: Library) -> None:
    """The shipped library, and the weights of the second opinion. What is kept already is not written again."""
    vault.put(shipped.canonical)
    vault.put(WEIGHTS.read_bytes())


def library(vault: Vault, version: str) -> Library | None:
    """VaultError where it is damaged."""
    name = vault.begins(version)
    return parse(json.loads(vault.get(name))) if name else None


def model(vault: Vault, version: str) -> SecondOpinion | None:
    """VaultError where it is damaged."""
    name = vault.begins(version)
    return SecondOpinion(vault.get(name)) if name else None
