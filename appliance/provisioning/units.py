"""The units that systemd runs our programs by, each with no more rights than it needs.

The gateway alone may edit the rules of the firewall. The worker starts the browser's cage (images/confinement.py),
which makes namespaces of its own: what hides parts of /proc from it would keep the cage from getting a fresh one.
"""

from dataclasses import dataclass, field

from appliance.provisioning.accounts import APPLIANCE, GATEWAY
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
SystemCallFilter=@system-service @mount sethostname
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    name: str
    what: str
    program: str
    """Of ours, and its settings file."""
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
    local: bool = False
    """It talks to nobody but this machine."""
    more: tuple[str, ...] = field(default=())

    def text(self) -> str:
        python = f"{_RELEASE}/{self.environment}/bin/python"
        settings = f"/etc/gatehouse/{self.program}.toml"
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
                f"ExecStart={python} -P -m appliance.cli {self.program} --config {settings}",
                f"User={self.user}",
                f"Group={self.user}",
                "Restart=always",
                "RestartSec=2",
                f"ReadWritePaths={' '.join(self.writes)}",
                *([f"InaccessiblePaths={' '.join(f'-{each}' for each in self.hidden)}"] if self.hidden else []),
                f"MemoryMax={self.memory}",
                f"RestrictAddressFamilies={self.families}",
                *(["IPAddressDeny=any", "IPAddressAllow=localhost"] if self.local else []),
                *self.more,
                CLOSED.format(capabilities=self.capabilities) + (THE_CAGE if self.cage else NO_NAMESPACES),
                "[Install]",
                "WantedBy=multi-user.target",
                "",
            ]
        )


def units(box: Box) -> dict[str, str]:
    """By name."""
    return {f"gatehouse-{unit.name}.service": unit.text() for unit in _units(box)}


def _units(box: Box) -> tuple[_Unit, ...]:
    records, gateway = f"{_STATE}/appliance", f"{_STATE}/gateway"
    return (
        _Unit(
            name="gateway",
            what="reads the school's traffic",
            program="gateway",
            environment=".venv-gateway",
            user=GATEWAY,
            writes=(gateway,),
            hidden=(records,),
            families="AF_UNIX AF_INET AF_INET6 AF_NETLINK",
            capabilities="CAP_NET_ADMIN",
            memory=f"{(box.workers + 1) * box.worker_memory_mb + 500}M",
            after=("gatehouse-firewall.service", "gatehouse-appliance.service"),
            more=("LimitNOFILE=262144", "TasksMax=4096", "ExecReload=/bin/kill -HUP $MAINPID", "TimeoutStopSec=60"),
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
    )
