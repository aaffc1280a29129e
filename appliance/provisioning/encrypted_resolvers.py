"""Public resolvers by which a device hides what it looks up: their names and their addresses."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from appliance.provisioning.dedicated import of_version

SHIPPED = Path(__file__).with_name("encrypted_resolvers.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class EncryptedResolver:
    name: str
    source: str
    domains: tuple[str, ...]
    addresses: tuple[str, ...]
    """That serve nothing else; an address may be a range."""


def encrypted_resolvers(file: Path = SHIPPED) -> tuple[EncryptedResolver, ...]:
    return tuple(
        EncryptedResolver(
            name=table["name"],
            source=table["source"],
            domains=tuple(table["domains"]),
            addresses=tuple(table["addresses"]),
        )
        for table in tomllib.loads(file.read_text("utf-8"))["resolver"]
    )


def domains() -> list[str]:
    return sorted({domain for each in encrypted_resolvers() for domain in each.domains})


def addresses(version: int) -> list[str]:
    """The elements of the interval set resolvers4, or resolvers6."""
    return of_version((address for each in encrypted_resolvers() for address in each.addresses), version)


def all_addresses() -> list[str]:
    return [*addresses(4), *addresses(6)]
