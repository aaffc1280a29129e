"""What box.toml says of the explicit proxy, besides which networks have it: sign-in, and what it reaches."""

from dataclasses import dataclass
from pathlib import Path

from appliance.provisioning.said_values import HOST_NAME, must, must_be_network


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyWishes:
    accounts: Path | None = None
    """Who uses the proxy signs in by this file (`gatehouse proxy-account`); without it nobody has to."""
    tls: bool = False
    """Whether browsers speak TLS to it, so that a sign-in is not sent in the clear. Not all can."""
    inside: tuple[str, ...] = ()
    """Private networks, such as "10.1.0.0/24", that it reaches."""
    direct: tuple[str, ...] = ()
    """Domains that go past it, where devices have a way to the internet without it."""

    def __post_init__(self) -> None:
        for network in self.inside:
            must_be_network(network, "inside")
        for host in self.direct:
            must(HOST_NAME.fullmatch(host), f"direct {host!r}: a full host name in small letters")


NO_WISHES = ProxyWishes()
