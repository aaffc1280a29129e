"""The units that systemd runs our programs by, each with no more rights than it needs.

The gateway alone may edit the rules of the firewall. The worker starts the browser's cage (images/confinement.py),
which makes namespaces of its own: what hides parts of /proc from it would keep the cage from getting a fresh one.
"""

from dataclasses import dataclass, field

from appliance.provisioning.accounts import APPLIANCE, ENROLMENT, GATEWAY
from appliance.provisioning.box import Box

FOLDER = "/etc/systemd/system"
_RELEASE = "/opt/gatehouse/current"
_STATE = "/var/lib/gatehouse"

CLOSED = """\
NoNewPrivileges=yes
CapabilityBoundingSet={capabilities}
AmbientCapabilities={capabilities}
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
DevicePolicy=closed
ProtectKernelModules=yes
ProtectControlGroups=yes
ProtectClock=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
KeyringMode=private
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
UMask=0077
LimitCORE=0
UnsetEnvironment=SSLKEYLOGFILE MITMPROXY_SSLKEYLOGFILE
"""
NO_NAMESPACES = """\
RestrictNamespaces=yes
ProtectKernelTunables=yes
ProtectKernelLogs=yes
ProtectHostname=yes
ProtectProc=invisible
ProcSubset=pid
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
"""
THE_CAGE = """\
RestrictNamespaces=cgroup ipc mnt net pid user uts
SystemCallFilter=@system-service @mount seccomp sethostname
"""


FIREWALL, NAMES = "/etc/gatehouse/firewall.nft", "/etc/gatehouse/dnsmasq.conf"

FIREWALL_UNIT = f"""\
# Written by gatehouse provision.
[Unit]
Description=Gatehouse: the firewall
DefaultDependencies=no
After=local-fs.target
Before=network-pre.target shutdown.target
Wants=network-pre.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f {FIREWALL}
ExecReload=/usr/sbin/nft -f {FIREWALL}
ExecStop=/usr/sbin/nft "delete table inet gatehouse"
CapabilityBoundingSet=CAP_NET_ADMIN
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
UMask=0077
LimitCORE=0

[Install]
WantedBy=sysinit.target
"""
"""Before any card has its address: there is no moment in which the box routes without its rules."""

DNS_UNIT = (
    f"""\
# Written by gatehouse provision.
[Unit]
Description=Gatehouse: names
After=network.target gatehouse-firewall.service
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStartPre=/usr/sbin/dnsmasq --test --conf-file={NAMES}
ExecStart=/usr/sbin/dnsmasq --keep-in-foreground --conf-file={NAMES}
User=dnsmasq
Group=nogroup
Restart=always
RestartSec=2
MemoryMax=512M
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
"""
    + CLOSED.format(capabilities="CAP_NET_ADMIN CAP_NET_BIND_SERVICE")
    + NO_NAMESPACES
    + "\n[Install]\nWantedBy=multi-user.target\n"
)
"""It fills the firewall's sets of what goes past the workers, hence CAP_NET_ADMIN."""


_STATUS_FOR_THE_APPLIANCE = ("UMask=0027",)
"""In its folder, whose group is the appliance's, that can read the counts; what is secret says so itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    name: str
    what: str
    program: str
    """Of ours."""
    user: str
    writes: tuple[str, ...]
    hidden: tuple[str, ...]
    """What it must not even read."""
    families: str = "AF_UNIX AF_INET AF_INET6"
    capabilities: str = ""
    environment: str = ".venv"
    memory: str = "1G"
    after: tuple[str, ...] = ()
    cage: bool = False
    settings: str = ""
    """The name of its file; the program's own if not set."""
    local: bool = False
    """It talks to nobody but this machine."""
    releases: bool = False
    """It is told to let go of the firewall, however it ended."""
    more: tuple[str, ...] = field(default=())

    def text(self) -> str:
        python = f"{_RELEASE}/{self.environment}/bin/python"
        settings = f"/etc/gatehouse/{self.settings or self.program}.toml"
        command = f"{python} -P -m appliance.cli {self.program} --config {settings}"
        return "\n".join(
            [
                "# Written by gatehouse provision.",
                "[Unit]",
                f"Description=Gatehouse: {self.what}",
                f"After=network.target {' '.join(self.after)}".strip(),
                "StartLimitIntervalSec=0",
                "",
                "[Service]",
                "Type=exec",
                f"ExecStart={command}",
                f"User={self.user}",
                f"Group={self.user}",
                *([f"ExecStopPost={command} --release"] if self.releases else []),
                "Restart=always",
                "RestartSec=2",
                *([f"ReadWritePaths={' '.join(self.writes)}"] if self.writes else []),
                *([f"InaccessiblePaths={' '.join(f'-{each}' for each in self.hidden)}"] if self.hidden else []),
                f"MemoryMax={self.memory}",
                f"RestrictAddressFamilies={self.families}",
                *(["IPAddressDeny=any", "IPAddressAllow=localhost"] if self.local else []),
                CLOSED.format(capabilities=self.capabilities) + (THE_CAGE if self.cage else NO_NAMESPACES).rstrip(),
                *self.more,
                "",
                "[Install]",
                "WantedBy=multi-user.target",
                "",
            ]
        )


def units(box: Box) -> dict[str, str]:
    """By name."""
    ours = {f"gatehouse-{unit.name}.service": unit.text() for unit in _units(box)}
    return {"gatehouse-firewall.service": FIREWALL_UNIT, "gatehouse-dns.service": DNS_UNIT} | ours


def _units(box: Box) -> tuple[_Unit, ...]:
    records, gateway = f"{_STATE}/appliance", f"{_STATE}/gateway"
    return (
        _Unit(
            name="gateway",
            what="reads the school's traffic",
            program="supervisor",
            settings="gateway",
            releases=True,
            environment=".venv-gateway",
            user=GATEWAY,
            writes=(gateway,),
            hidden=(records,),
            families="AF_UNIX AF_INET AF_INET6 AF_NETLINK",
            capabilities="CAP_NET_ADMIN",
            memory=f"{(box.workers + 1) * box.worker_memory_mb + 500}M",
            after=("gatehouse-firewall.service", "gatehouse-appliance.service"),
            more=(
                *_STATUS_FOR_THE_APPLIANCE,
                "LimitNOFILE=262144",
                "TasksMax=4096",
                "ExecReload=/bin/kill -HUP $MAINPID",
                "KillMode=mixed",
                "TimeoutStopSec=60",
            ),
        ),
        _Unit(
            name="appliance",
            what="takes detections in and keeps them",
            program="appliance",
            user=APPLIANCE,
            writes=(records,),
            hidden=(f"{gateway}/authority",),
            local=True,
            more=("PrivateUsers=yes",),
        ),
        _Unit(
            name="worker",
            what="draws captures, sends alerts, watches over health",
            program="worker",
            user=APPLIANCE,
            writes=(records,),
            hidden=(f"{gateway}/authority",),
            families="AF_UNIX AF_INET AF_INET6 AF_NETLINK",
            memory="3G",
            after=("gatehouse-appliance.service",),
            cage=True,
        ),
        _Unit(
            name="console",
            what="the review console",
            program="console",
            user=APPLIANCE,
            writes=(records,),
            hidden=(f"{gateway}/authority",),
            after=("gatehouse-appliance.service",),
            local=True,
            more=("PrivateUsers=yes",),
        ),
        *([_enrolment()] if box.notice_url else []),
    )


def _enrolment() -> _Unit:
    return _Unit(
        name="enrolment",
        what="the page devices are set up with",
        program="enrolment",
        user=ENROLMENT,
        writes=(),
        hidden=(_STATE,),
        capabilities="CAP_NET_BIND_SERVICE",
        memory="300M",
    )
