"""A look for a newer release every day, and its installation at an hour if box.toml says so.

The services run as root with all rights: what they do is ``gatehouse provision``. The look too, since it first finishes
what a run that was killed had begun; after a start of the machine it comes within minutes.
"""

from appliance.provisioning.update_source import UpdateSource

STATE = "/var/lib/gatehouse/updates"
CHECK, APPLY = "gatehouse-update-check", "gatehouse-update-apply"


def update_units(wanted: UpdateSource | None) -> dict[str, str]:
    """By name; none where box.toml does not say where updates come from."""
    if wanted is None:
        return {}
    units = {
        f"{CHECK}.service": _service("looks for a newer release", "check"),
        f"{CHECK}.timer": _timer("a look for a newer release", "OnBootSec=5min", "OnUnitActiveSec=1d"),
    }
    if wanted.apply:
        # Not made up for if it was missed: the machine may have been started in school hours.
        units |= {
            f"{APPLY}.service": _service("installs a newer release", "apply --unattended"),
            f"{APPLY}.timer": _timer("a newer release", f"OnCalendar=*-*-* {wanted.at}"),
        }
    return units


def _service(what: str, act: str) -> str:
    return f"""\
# Written by gatehouse provision.
[Unit]
Description=Gatehouse: {what}
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
ExecStart=/opt/gatehouse/current/.venv/bin/python -P -m appliance.cli update {act}
# A newer release that is left alone is no fault.
SuccessExitStatus=1
LimitCORE=0
UnsetEnvironment=SSLKEYLOGFILE MITMPROXY_SSLKEYLOGFILE
"""


def _timer(what: str, *when: str) -> str:
    lines = "\n".join(when)
    return f"""\
# Written by gatehouse provision.
[Unit]
Description=Gatehouse: {what}

[Timer]
{lines}
RandomizedDelaySec=10min

[Install]
WantedBy=timers.target
"""
