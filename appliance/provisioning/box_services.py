"""What runs on a box, in the order it is started, and what each has to be told after a change."""

from appliance.provisioning import keepalived, networkd
from appliance.provisioning import system_files as system
from appliance.provisioning.box import Box
from appliance.provisioning.plan import Step
from appliance.provisioning.service import Applied, Service
from appliance.provisioning.settings_files import ETC
from appliance.provisioning.system_units import FIREWALL, NAMES
from appliance.provisioning.units import FOLDER, units

CURRENT = "/opt/gatehouse/current"


def services(box: Box) -> list[Step]:
    timers = [name for name in units(box) if name.endswith(".timer")]
    return [
        Applied(name="sysctl", command=("/usr/lib/systemd/systemd-sysctl", system.SYSCTL), files=(system.SYSCTL,)),
        Applied(name="journald", command=("systemctl", "restart", "systemd-journald"), files=(system.JOURNAL,)),
        Applied(name="manager", command=("systemctl", "daemon-reexec"), files=(system.WATCHDOG,)),
        Service(unit="systemd-networkd.service", settings=tuple(networkd.files(box))),
        # Not where another keeps the clock already (packages.TIME_KEEPERS).
        Service(unit="systemd-timesyncd.service", files=(system.TIME,), if_installed=True),
        *(
            Service(
                unit=name,
                files=(f"{FOLDER}/{name}", *_program_of(name)),
                settings=_settings_of(name),
                may_fail=name not in ("gatehouse-firewall.service", "gatehouse-dns.service"),
            )
            for name in units(box)
            if name not in (*timers, *_of_timers(timers))
        ),
        # What they start runs when its time comes.
        *(Service(unit=name, files=(f"{FOLDER}/{name}",)) for name in timers),
        *([Service(unit=keepalived.UNIT, files=tuple(keepalived.files(box)))] if keepalived.is_shared(box) else []),
    ]


def _of_timers(timers: list[str]) -> list[str]:
    return [f"{name.removesuffix('.timer')}.service" for name in timers]


def _settings_of(unit: str) -> tuple[str, ...]:
    """What a unit takes up without a new start. The gateway replaces its workers one by one, for a new release too."""
    name = unit.removeprefix("gatehouse-").removesuffix(".service")
    own = f"{ETC}/{name}.toml"
    return {"firewall": (FIREWALL,), "dns": (), "gateway": (own, CURRENT)}.get(name, (own,))


def _program_of(unit: str) -> tuple[str, ...]:
    """What it has to be started again for. dnsmasq does not read its settings anew when it is told to."""
    starts = {"firewall": (), "dns": (NAMES,), "gateway": ()}
    return starts.get(unit.removeprefix("gatehouse-").removesuffix(".service"), (CURRENT,))
