"""A backup every night, once there are keys of people that it can be sealed to."""

from appliance.provisioning.accounts import APPLIANCE
from appliance.provisioning.hardening import CLOSED, NO_NAMESPACES
from appliance.provisioning.settings_files import ETC, STATE

KEYS = f"{ETC}/backup"
"""Whose .pub files somebody puts here can open every backup from then on."""
BACKUPS = "/var/backups/gatehouse"
SERVICE, TIMER = "gatehouse-backup.service", "gatehouse-backup.timer"
KEPT = 14

# The shell gathers the keys; systemd reads a dollar sign only where it stands alone.
_COMMAND = (
    f'for key in {KEYS}/*.pub; do set -- "$$@" --for "$$key"; done; '
    f'exec /opt/gatehouse/current/.venv/bin/python -P -m appliance.cli backup --to {BACKUPS} --keep {KEPT} "$$@"'
)

BACKUP_SERVICE = (
    f"""\
# Written by gatehouse provision.
[Unit]
Description=Gatehouse: a backup for the keys of people
ConditionPathExistsGlob={KEYS}/*.pub

[Service]
Type=oneshot
ExecStart=/bin/sh -c '{_COMMAND}' sh
User={APPLIANCE}
Group={APPLIANCE}
ReadWritePaths={STATE} {BACKUPS}
Nice=10
IOSchedulingClass=idle
MemoryMax=2G
PrivateNetwork=yes
RestrictAddressFamilies=AF_UNIX
"""
    + CLOSED.format(capabilities="")
    + NO_NAMESPACES
)

BACKUP_TIMER = """\
# Written by gatehouse provision: before the hour in which security updates may start the machine anew.
[Unit]
Description=Gatehouse: a backup every night

[Timer]
OnCalendar=*-*-* 01:30
RandomizedDelaySec=30min
Persistent=yes

[Install]
WantedBy=timers.target
"""
