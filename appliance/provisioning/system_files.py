"""What Debian itself is told: to route, to keep its clock right, to keep short logs, to take its security updates."""

from appliance.provisioning.box import Box

SYSCTL = "/etc/sysctl.d/90-gatehouse.conf"
JOURNAL = "/etc/systemd/journald.conf.d/gatehouse.conf"
TIME = "/etc/systemd/timesyncd.conf.d/gatehouse.conf"
UPDATES = "/etc/apt/apt.conf.d/52gatehouse-updates"
ONLINE = "/etc/systemd/system/systemd-networkd-wait-online.service.d/gatehouse.conf"
WATCHDOG = "/etc/systemd/system.conf.d/gatehouse.conf"


def files(box: Box) -> dict[str, str]:
    """Path and text."""
    return {
        SYSCTL: _sysctl(box),
        JOURNAL: _JOURNAL,
        TIME: f"[Time]\nNTP={' '.join(box.time_servers)}\n",
        UPDATES: _UPDATES,
        ONLINE: _ONLINE,
        WATCHDOG: _WATCHDOG,
    }


def _sysctl(box: Box) -> str:
    inner = "".join(f"-net/ipv4/conf/{n.interface}/send_redirects = 0\n" for n in box.network)
    return (
        "# Written by gatehouse provision.\n"
        "net.ipv4.ip_forward = 1\n"
        "net.ipv6.conf.all.forwarding = 1\n"
        "# A router believes no other router's announcements, unless it is told to: its own way out may come by one.\n"
        f"-net/ipv6/conf/{box.outside}/accept_ra = 2\n"
        "# Devices are not told of a shorter way: it would lead past the box.\n"
        "net.ipv4.conf.all.send_redirects = 0\n"
        f"{inner}"
        "# No memory of a program is written to disk when it falls: it holds what children write.\n"
        "kernel.core_pattern = |/bin/false\n"
        "fs.suid_dumpable = 0\n"
        "kernel.yama.ptrace_scope = 2\n"
    )


_JOURNAL = """\
# Written by gatehouse provision: logs name things by id, and are rotated by size and age.
[Journal]
Storage=persistent
SystemMaxUse=1G
SystemKeepFree=2G
MaxRetentionSec=30day
"""
_UPDATES = """\
// Written by gatehouse provision: Debian's security updates every night, and no restart in school hours.
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
Unattended-Upgrade::Automatic-Reboot "true";
Unattended-Upgrade::Automatic-Reboot-WithUsers "true";
Unattended-Upgrade::Automatic-Reboot-Time "03:30";
"""
_ONLINE = """\
# Written by gatehouse provision: no school network is waited for, and the card outside may be another program's.
# Then nothing ever comes, and what starts after it, as keepalived does, would wait for two minutes and a failure.
[Service]
ExecStart=
ExecStart=-/usr/lib/systemd/systemd-networkd-wait-online --timeout=30
"""
_WATCHDOG = """\
# Written by gatehouse provision: a machine that hangs starts anew, where its hardware can tell.
[Manager]
RuntimeWatchdogSec=30
RebootWatchdogSec=10min
DumpCore=no
"""
