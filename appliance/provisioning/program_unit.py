"""The unit of one of our programs."""

from dataclasses import dataclass, field

from appliance.provisioning.hardening import CLOSED, NO_NAMESPACES, THE_CAGE

RELEASE = "/opt/gatehouse/current"
WATCHED = ("Type=notify", "TimeoutStartSec=30min")
"""The second for a start that has a large store to bring to a new form first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramUnit:
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
    told_by: str = ""
    """It tells systemd that it works, and is started anew when it falls silent: "main", itself; "all", its workers."""
    silence: int = 120
    """After so many seconds of it."""
    more: tuple[str, ...] = field(default=())

    def text(self) -> str:
        python = f"{RELEASE}/{self.environment}/bin/python"
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
                *self._type(),
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

    def _type(self) -> list[str]:
        if not self.told_by:
            return ["Type=exec"]
        return [*WATCHED, f"NotifyAccess={self.told_by}", f"WatchdogSec={self.silence}"]
