"""Whose hosts go past the proxy at kernel speed: by name and by addresses that belong to that organisation alone."""

import ipaddress
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).with_name("dedicated.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    name: str
    source: str
    domains: tuple[str, ...]
    ranges: tuple[str, ...]


def organisations(file: Path = SHIPPED) -> tuple[Organisation, ...]:
    tables = tomllib.loads(file.read_text("utf-8"))["organisation"]
    return tuple(
        Organisation(
            name=table["name"], source=table["source"], domains=tuple(table["domains"]), ranges=tuple(table["ranges"])
        )
        for table in tables
    )


def domains() -> list[str]:
    """dnsmasq puts what these resolve to into the sets passed4 and passed6."""
    return sorted({domain for each in organisations() for domain in each.domains})


def ranges(version: int) -> list[str]:
    """The elements of the interval set dedicated4, or dedicated6."""
    return of_version((each for organisation in organisations() for each in organisation.ranges), version)


def all_ranges() -> list[str]:
    return [*ranges(4), *ranges(6)]


def of_version(networks: Iterable[str], version: int) -> list[str]:
    """In order, and none within another: nft refuses intervals that overlap."""
    known = [network for each in networks if (network := ipaddress.ip_network(each)).version == version]
    return [str(each) for each in ipaddress.collapse_addresses(known)]  # type: ignore[type-var]
