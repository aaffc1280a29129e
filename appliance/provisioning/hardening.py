"""What a unit may not do, as lines of systemd's.

The worker starts the browser's cage (images/confinement.py), which makes namespaces of its own: what hides parts of
/proc from it would keep the cage from getting a fresh one, and RestrictSUIDSGID takes openat2 away, without which
bubblewrap opens nothing from 0.12 on.
"""

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
RestrictSUIDSGID=yes
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
