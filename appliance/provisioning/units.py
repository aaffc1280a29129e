"""The units that systemd runs a box by, each with no more rights than it needs."""

from appliance.provisioning import backup_units
from appliance.provisioning.accounts import APPLIANCE, ENROLMENT, GATEWAY
from appliance.provisioning.box import Box
from appliance.provisioning.program_unit import ProgramUnit
from appliance.provisioning.system_units import DNS_UNIT, FIREWALL_UNIT
from appliance.provisioning.update_units import update_units

FOLDER = "/etc/systemd/system"
_STATE = "/var/lib/gatehouse"
_RECORDS, _OF_THE_GATEWAY = f"{_STATE}/appliance", f"{_STATE}/gateway"
_AUTHORITY = f"{_OF_THE_GATEWAY}/authority"
_GIVES_UP_RIGHTS = "SystemCallFilter=capset"
"""The supervisor takes from its workers the right to edit the firewall, which is its own."""
_STATUS_FOR_THE_APPLIANCE = ("UMask=0027",)
"""In its folder, whose group is the appliance's, that can read the counts; what is secret says so itself."""


def units(box: Box) -> dict[str, str]:
    """By name."""
    ours = {f"gatehouse-{unit.name}.service": unit.text() for unit in _units(box)}
    system = {"gatehouse-firewall.service": FIREWALL_UNIT, "gatehouse-dns.service": DNS_UNIT}
    if box.appliance:
        return system | ours | update_units(box.update)
    backup = {backup_units.SERVICE: backup_units.BACKUP_SERVICE, backup_units.TIMER: backup_units.BACKUP_TIMER}
    return system | ours | backup | update_units(box.update)


def _units(box: Box) -> tuple[ProgramUnit, ...]:
    return (
        _gateway(box),
        *([_FOLLOW] if box.appliance else [_APPLIANCE, _WORKER, _CONSOLE]),
        *([_AGENTS] if box.meets_others else []),
        *([_ENROLMENT] if box.notice_url else []),
    )


def _gateway(box: Box) -> ProgramUnit:
    return ProgramUnit(
        name="gateway",
        what="reads the school's traffic",
        program="supervisor",
        settings="gateway",
        releases=True,
        environment=".venv-gateway",
        user=GATEWAY,
        writes=(_OF_THE_GATEWAY,),
        hidden=(_RECORDS,),
        families="AF_UNIX AF_INET AF_INET6 AF_NETLINK",
        capabilities="CAP_NET_ADMIN",
        memory=f"{(box.workers + 1) * box.worker_memory_mb + 500}M",
        # Not after the appliance: while that brings its store to a new form, what is found waits in the outbox.
        after=("gatehouse-firewall.service",),
        told_by="main",
        silence=30,  # while it hangs nobody minds the firewall
        more=(
            *_STATUS_FOR_THE_APPLIANCE,
            _GIVES_UP_RIGHTS,
            "LimitNOFILE=262144",
            "TasksMax=4096",
            "ExecReload=/bin/sh -c 'kill -HUP $$MAINPID'",
            "KillMode=mixed",
            "TimeoutStopSec=60",
        ),
    )


_APPLIANCE = ProgramUnit(
    name="appliance",
    what="takes detections in and keeps them",
    program="appliance",
    user=APPLIANCE,
    writes=(_RECORDS,),
    hidden=(_AUTHORITY,),
    local=True,
    told_by="all",
    more=("PrivateUsers=yes",),
)
_WORKER = ProgramUnit(
    name="worker",
    what="draws captures, sends alerts, watches over health",
    program="worker",
    user=APPLIANCE,
    writes=(_RECORDS,),
    hidden=(_AUTHORITY,),
    families="AF_UNIX AF_INET AF_INET6 AF_NETLINK",
    memory="3G",
    after=("gatehouse-appliance.service",),
    cage=True,
    told_by="main",
    silence=300,  # a page, or a mail server that does not answer, may take a minute of it
)
_CONSOLE = ProgramUnit(
    name="console",
    what="the review console",
    program="console",
    user=APPLIANCE,
    writes=(_RECORDS,),
    hidden=(_AUTHORITY,),
    after=("gatehouse-appliance.service",),
    local=True,
    told_by="all",
    more=("PrivateUsers=yes",),
)
_AGENTS = ProgramUnit(
    name="agents",
    what="takes detections in from devices with the agent",
    program="agents",
    user=APPLIANCE,
    writes=(_RECORDS,),
    hidden=(_AUTHORITY,),
    after=("gatehouse-appliance.service",),
    told_by="all",
    more=("PrivateUsers=yes",),
)
"""The one program with keys that strangers may call: it has TLS before it, and no more rights than the others."""
_FOLLOW = ProgramUnit(
    name="follow",
    what="keeps this second gateway in step with the first box",
    program="follow",
    user="root",
    writes=("/etc/gatehouse", f"{_STATE}/follow"),
    hidden=(_AUTHORITY,),
    families="AF_UNIX AF_INET AF_INET6 AF_NETLINK",
    capabilities="CAP_NET_ADMIN CAP_DAC_READ_SEARCH CAP_KILL",
    memory="300M",
    after=("gatehouse-firewall.service",),
    told_by="main",
)
"""It fills the firewall, reads the gateway's key and counts, and tells the gateway that its settings have changed."""
_ENROLMENT = ProgramUnit(
    name="enrolment",
    what="the page devices are set up with",
    program="enrolment",
    user=ENROLMENT,
    writes=(),
    hidden=(_STATE,),
    capabilities="CAP_NET_BIND_SERVICE",
    memory="300M",
    told_by="all",
)
