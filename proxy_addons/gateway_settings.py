"""What the network manager can set about the gateway."""

from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from pathlib import Path

from detection.sensor_settings import SensorSettings
from proxy_addons.client_networks import ClientNetworks
from proxy_addons.host_map import HostMap
from proxy_addons.supervisor.settings import SupervisorSettings

ANSWERS = ("pass", "alert", "block")


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewaySettings:
    state: Path
    """The gateway's own folder: its certificate authority, its status; nothing of anybody's browsing."""
    sensor: SensorSettings
    school: str = ""
    """Stands in the name of the certificate authority."""
    listen_host: str = "127.0.0.1"
    listen_port: int = 8080
    modes: tuple[str, ...] = ("regular",)
    """mitmproxy's: regular (explicit proxy), transparent, …"""
    hostname: str = ""
    """The box's own name; "trust-check." before it makes the host by which devices find out if they are set up."""
    proxy_clients: tuple[str, ...] = ()
    """Networks ("10.20.0.0/16") whose devices may use the explicit proxy; without any, who has no public address."""
    proxy_ports: tuple[int, ...] = (80, 443)
    """Ports that it reaches."""
    proxy_inside: tuple[str, ...] = ()
    """Private networks that it reaches: nothing else near the box, and never the box itself."""
    proxy_accounts: Path | None = None
    """Who uses the explicit proxy signs in by this file (`gatehouse proxy-account`); without it nobody has to."""
    bypass: Path | None = None
    """A folder of lists of what else is never opened, or opened after all: trust.toml, school.toml; or one file."""
    pass_pinned: bool = True
    """Whether a host that several devices' apps refuse to have read passes by itself; without, it is proposed only."""
    refusals: Path | None = None
    """What all workers know together of refused handshakes; "refusals.db" in the state folder if not set."""
    console_hosts: tuple[str, ...] = ()
    """Where Gatehouse itself is reached: never opened either."""
    resolvers: tuple[str, ...] = ()
    """Asked by a transparent gateway whether a host that is never opened is where a client goes: first the box's own.
    Without any, what the system uses."""
    names_only: tuple[str, ...] = ()
    """Networks of clients ("10.30.0.0/16") in which nothing is opened or read and nobody is named."""
    undecryptable: dict[str, str] = field(default_factory=dict)
    """Network of clients to "pass", "alert" or "block": what is done with what on port 443 cannot be opened. Others
    pass."""
    host_map: dict[str, str] = field(default_factory=dict)
    """Host name to "address:port", for hosts that DNS does not know."""
    origin_ca: Path | None = None
    """Certificate authorities that origins may be signed by, besides the public ones."""
    revocation_lists: Path | None = None
    """Lists of revoked certificates (CRL, PEM or DER): a file, or a folder of them."""
    recorder_bytes: int = 128 << 20
    recorder_minutes: float = 10.0
    recorder_part_bytes: int = 2 << 20
    """Pictures, fonts and style sheets larger than this are not remembered."""
    inspection_seconds: float = 2.0
    """A message waits no longer than this for being read."""
    inspection_pending_bytes: int = 64 << 20
    """More than this is not kept waiting for being read."""
    held_bytes: int = 4 << 20
    """A larger body or WebSocket message is passed on as it comes, and its beginning read."""
    document_bytes: int = 16 << 20
    """Of a document at most so much is kept to be read."""
    documents_pending_bytes: int = 64 << 20
    """More than this is not kept of documents that arrive, or wait for being read."""
    status: Path | None = None
    """Where counts are written; "status.json" in the state folder if not set."""
    status_seconds: float = 5.0
    supervisor: SupervisorSettings | None = None
    """For several gateways on one box, with `gatehouse supervisor`, which says where each listens."""

    def __post_init__(self) -> None:
        if self.sensor.bindings_cache is None:
            raise ValueError("sensor.bindings_cache: is required and missing")
        HostMap(self.host_map)
        _all_good("names_only", lambda: ClientNetworks(dict.fromkeys(self.names_only, "")))
        _all_good("undecryptable", lambda: ClientNetworks(self.undecryptable))
        if wrong := set(self.undecryptable.values()) - set(ANSWERS):
            raise ValueError(f"undecryptable: {', '.join(sorted(wrong))}: must be one of {', '.join(ANSWERS)}")
        _all_good("resolvers", lambda: [ip_address(resolver) for resolver in self.resolvers])
        _all_good("proxy_clients", lambda: [ip_network(network) for network in self.proxy_clients])
        _all_good("proxy_inside", lambda: [ip_network(network) for network in self.proxy_inside])
        if not all(0 < port < 65536 for port in self.proxy_ports):
            raise ValueError("proxy_ports: must be 1 to 65535")
        if not 0 <= self.listen_port < 65536:
            raise ValueError("listen_port: must be 0 to 65535")
        for name in (
            "recorder_bytes",
            "recorder_minutes",
            "inspection_seconds",
            "held_bytes",
            "document_bytes",
            "documents_pending_bytes",
            "status_seconds",
        ):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name}: must be more than nothing")

    @property
    def status_file(self) -> Path:
        return self.status or self.state / "status.json"

    @property
    def refusals_file(self) -> Path:
        return self.refusals or self.state / "refusals.db"


def _all_good(setting: str, check: Callable[[], object]) -> None:
    try:
        check()
    except ValueError as e:
        raise ValueError(f"{setting}: {e}") from e
