"""The units that run Debian's programs with our settings: the firewall and the names."""

from appliance.provisioning.hardening import CLOSED, NO_NAMESPACES

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
# Which networks are read; a reload leaves that as it is.
ExecStartPost=-/opt/gatehouse/current/.venv/bin/python -P -m appliance.cli network apply
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
