"""What the enrolment page is told at start: whose it is, which networks it stands in, whom to ask."""

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


class Reads(StrEnum):
    """What of a network is read at present. The page must say what is so."""

    EVERYTHING = "everything"
    NAMES = "names"
    """Which sites were asked for, for all devices together."""
    NOTHING = "nothing"
    """Reading has not been agreed yet, or has been paused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    name: str
    address: str
    """The box's own IPv4 address there, with the prefix length: "10.20.0.1/16"."""
    address6: str = ""
    reads: str = Reads.EVERYTHING
    proxy: bool = True
    """Whether its PAC file leads to the box; else it says that there is no proxy."""

    def __post_init__(self) -> None:
        for given, version in ((self.address, 4), (self.address6, 6)):
            if given and ("/" not in given or ipaddress.ip_interface(given).version != version):
                raise ValueError(f"{given!r} is no IPv{version} address with its prefix length")
        if self.reads not in list(Reads):
            raise ValueError(f"reads must be one of {', '.join(Reads)}")

    @property
    def interfaces(self) -> tuple[ipaddress.IPv4Interface | ipaddress.IPv6Interface, ...]:
        return tuple(ipaddress.ip_interface(given) for given in (self.address, self.address6) if given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    role: str
    """For what one asks them, such as "Designated Safeguarding Lead"."""
    name: str = ""
    email: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpline:
    name: str
    reached: str
    """Such as "0800 1111, free, day and night"."""


UK_HELPLINES = (
    Helpline(name="Childline", reached="0800 1111, free, day and night, for everybody under 19"),
    Helpline(name="Samaritans", reached="116 123, free, day and night"),
    Helpline(name="Shout", reached="text SHOUT to 85258, free, day and night"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentSettings:
    school: str
    hostname: str
    """The box's own name; the trust check is "trust-check." before it."""
    root: Path
    """The public root certificate (PEM) devices are to trust. Its key is never asked for."""
    network: tuple[Network, ...]
    notice: Path | None = None
    """The school's notice in plain text, paragraphs apart by an empty line; else notice_url."""
    notice_url: str = ""
    states: Path | None = None
    """What the firewall goes by (networks.toml); what it says of a network goes before ``reads``."""
    contact: tuple[Contact, ...] = ()
    helpline: tuple[Helpline, ...] = UK_HELPLINES
    """Shown on every device; those of the United Kingdom if not set."""
    port: int = 80
    """On each network's address; 0 takes a free one."""
    proxy_port: int = 3128
    proxy_tls: bool = False
    """Whether browsers speak TLS to the proxy, so that a sign-in there is not sent in the clear. Not all can."""
    fail_open: bool = True
    """Whether devices with the PAC file go past the proxy while it does not answer."""
    direct: tuple[str, ...] = ()
    """Domains that go past the proxy, besides the box's own and local addresses; for devices that have another way."""

    def __post_init__(self) -> None:
        if not self.school.strip():
            raise ValueError("school must not be empty")
        for host in (self.hostname, *self.direct):
            if not _HOST.fullmatch(host):
                raise ValueError(f"{host!r} must be a full host name in small letters")
        if not self.network:
            raise ValueError("at least one [[network]] is needed")
        if (self.notice is None) == (not self.notice_url):
            raise ValueError("either notice or notice_url is needed: nobody is monitored who was not told")
        if self.notice_url and urlsplit(self.notice_url).scheme not in ("http", "https"):
            raise ValueError("notice_url must begin with https:// or http://")
        if not 0 <= self.port <= 65535 or not 0 < self.proxy_port <= 65535:
            raise ValueError("port and proxy_port must lie between 0 (1 for the proxy) and 65535")

    @property
    def trust_check_host(self) -> str:
        return f"trust-check.{self.hostname}"
