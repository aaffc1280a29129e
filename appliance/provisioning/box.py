"""What the network manager says of the box in one file: its cards, its networks, its policy. All else follows."""

import ipaddress
import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from appliance.mail_settings import MailSettings
from appliance.provisioning.box_network import Network
from appliance.provisioning.first_box import FirstBox
from appliance.provisioning.proxy_wishes import NO_WISHES, ProxyWishes
from appliance.provisioning.said_values import CARD_NAME, HOST_NAME, is_address, must, must_be_network
from appliance.provisioning.update_source import UpdateSource

FILE = Path("/etc/gatehouse/box.toml")

_LOGIN = re.compile(r"[a-z][a-z0-9.-]{0,62}")


class Fail(StrEnum):
    """What a network has while no worker answers for it."""

    OPEN = "open"
    """The web, unread."""
    CLOSED = "closed"
    """Nothing."""


class PasskeysRequired(StrEnum):
    """The console's own setting; this package imports nothing of it."""

    OUTSIDE = "outside"
    ALWAYS = "always"
    NEVER = "never"


class Agents(StrEnum):
    """From where devices with the agent may reach the box."""

    NOWHERE = "nowhere"
    """There are none."""
    INSIDE = "inside"
    """From the networks of the school's own devices."""
    EVERYWHERE = "everywhere"
    """From every network and from outside: what they see at home arrives at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    role: str
    """For what one asks them, such as "Designated Safeguarding Lead"."""
    name: str = ""
    email: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    school: str
    hostname: str
    """The name devices know the box by, for its notice, certificate and PAC file: "gatehouse.school.example"."""
    outside: str
    """The card that leads to the internet."""
    network: tuple[Network, ...]
    resolvers: tuple[str, ...] = ()
    """Where the box asks for names; without any, what the system uses."""
    workers: int = 2
    seed: int = 24301
    """Of the hash that spreads devices over workers. Changing it moves every device to another worker."""
    fail: str = Fail.OPEN
    worker_memory_mb: int = 1500
    worker_hours: int = 24
    """A worker larger or older than this is drained and replaced."""
    masquerade: bool = True
    """Whether everybody appears outside with the box's address; needed where the router knows no way back."""
    ssh_from: tuple[str, ...] = ()
    """Networks, such as "10.1.0.0/24", that may sign in to the box by SSH; from anywhere else it does not answer."""
    time_servers: tuple[str, ...] = field(default=("2.debian.pool.ntp.org",))
    origin_ca: Path | None = None
    """Authorities, besides the public ones, that the school's own servers are signed by; the gateway must be able to
    read the file."""
    revocation_lists: Path | None = None
    """Lists of revoked certificates (CRL), a file or a folder; the gateway must be able to read them."""
    proxy: ProxyWishes = NO_WISHES
    """Of the explicit proxy, in networks whose ``proxy`` is true."""
    notice_url: str = ""
    """Where the school's notice stands. Without it devices are not served the page they are set up with."""
    contact: tuple[Contact, ...] = ()
    """Whom that page says to ask."""
    vrrp_priority: int = 100
    """Of two boxes that share addresses, the one with more has them while it works."""
    console_url: str = ""
    """Where reviewers reach the console, as alerts link to it; the near end of an SSH tunnel if not set."""
    console_from: tuple[str, ...] = ()
    """Networks that may reach a reverse proxy before the console, on port 8443 of the box; else nobody does. Who comes
    from one with private addresses is inside the school; everybody else comes from outside."""
    passkeys_required: str = PasskeysRequired.OUTSIDE
    """From whom the console wants a passkey: outside, always or never."""
    agents: str = Agents.NOWHERE
    """From where devices with the agent reach the box, on port 8446: nowhere, inside or everywhere."""
    agents_names: tuple[str, ...] = ()
    """Host names and addresses under which they do, the first told to new ones; the hostname, if none."""
    gateways_from: tuple[str, ...] = ()
    """Addresses, or networks, of second gateways' boxes: they reach this one's appliance on port 8446."""
    appliance: FirstBox | None = None
    """Makes this a second gateway: it has no appliance or console of its own and reports to the first box's."""
    mail: MailSettings | None = None
    """How alerts are sent; without it they show in the console only."""
    update: UpdateSource | None = None
    """Where releases of Gatehouse come from; without it nobody looks for any."""
    lead: str = "safeguarding-lead"
    """The login of the first account."""
    lead_name: str = "Safeguarding lead"

    def __post_init__(self) -> None:
        must(self.school.strip(), "school must not be empty")
        must(HOST_NAME.fullmatch(self.hostname), f"hostname {self.hostname!r}: a full host name in small letters")
        must(CARD_NAME.fullmatch(self.outside), f"outside {self.outside!r} cannot name a card")
        must(self.network, "network: at least one [[network]] is needed")
        for what in ("name", "interface"):
            values = [getattr(network, what) for network in self.network]
            twice = {value for value in values if values.count(value) > 1}
            must(not twice, f"network: two have the {what} {', '.join(sorted(twice))}")
        must(self.outside not in {n.interface for n in self.network}, "outside is also the card of a network")
        must(1 <= self.workers <= 64, "workers must lie between 1 and 64")
        must(0 <= self.seed < 1 << 32, "seed must be a number of 32 bits")
        must(self.fail in list(Fail), "fail must be open or closed")
        must(self.worker_memory_mb >= 300, "worker_memory_mb must be at least 300")
        must(self.worker_hours >= 1, "worker_hours must be at least 1")
        must(1 <= self.vrrp_priority <= 254, "vrrp_priority must lie between 1 and 254")
        must(self.agents in list(Agents), f"agents must be one of {', '.join(Agents)}")
        for name in self.agents_names:
            must(
                HOST_NAME.fullmatch(name) or is_address(name), f"agents_names {name!r}: a full host name or an address"
            )
        must(_LOGIN.fullmatch(self.lead), f"lead {self.lead!r}: small letters, digits, hyphens and dots")
        for resolver in self.resolvers:
            ipaddress.ip_address(resolver)
        for what in ("ssh_from", "console_from", "gateways_from"):
            for allowed in getattr(self, what):
                must_be_network(allowed, what)
        if self.console_url:
            self._leads_to_a_console()
        self._passkeys_have_a_name()
        if self.appliance:
            self._keeps_nothing_itself()

    def _keeps_nothing_itself(self) -> None:
        whose = ("mail", "console_url", "console_from", "gateways_from", "agents_names")
        said = [name for name in whose if getattr(self, name)]
        said += ["agents"] if self.agents != Agents.NOWHERE else []
        must(not said, f"{', '.join(said)}: said in the first box's box.toml, for this one has no appliance of its own")

    @property
    def meets_others(self) -> bool:
        """Whether devices with the agent, or second gateways, reach its appliance."""
        return self.agents != Agents.NOWHERE or bool(self.gateways_from)

    def _leads_to_a_console(self) -> None:
        at = urlsplit(self.console_url)
        must(at.scheme in ("http", "https") and at.hostname, "console_url must begin with https:// or http://")
        on_the_web = at.hostname == self.hostname and (at.port or 443) in (80, 443)
        must(
            not on_the_web,
            f"console_url: there the box answers {self.hostname} with the page devices are set up with, not the "
            "console; a proxy before the console listens on port 8443, or has a name of its own (docs/from-home.md)",
        )

    def _passkeys_have_a_name(self) -> None:
        known = [str(each) for each in PasskeysRequired]
        must(self.passkeys_required in known, f"passkeys_required must be one of {', '.join(known)}")
        needed = {PasskeysRequired.ALWAYS: True, PasskeysRequired.OUTSIDE: bool(self.console_from)}
        must(
            not needed.get(PasskeysRequired(self.passkeys_required)) or self.console_url.startswith("https://"),
            "console_url must be set and begin with https://, because who comes from outside needs a passkey, which "
            'belongs to the host name in it (docs/from-home.md); or say passkeys_required = "never"',
        )
