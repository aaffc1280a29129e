"""What may not run beside the gateway, because it writes down what everybody reads and writes."""

import ctypes
import os
import resource
from collections.abc import Mapping

from mitmproxy.master import Master
from mitmproxy.optmanager import OptManager

from detection.settings import SettingsError

KEY_LOGS = ("MITMPROXY_SSLKEYLOGFILE", "SSLKEYLOGFILE")
FLOW_DUMPS = ("save_stream_file", "hardump")
"""Options of mitmproxy that name a file for everything that passes."""
SILENT: Mapping[str, object] = {"flow_detail": 0, "termlog_verbosity": "error"}
"""Under mitmdump, which would else print each address that is asked for."""
MASTERS = ("proxy_addons.lean_addons", "mitmproxy.tools.dump")
"""Of mitmproxy's other two one shows all traffic in a terminal, and one serves it as a web page."""
_DUMPABLE = 4
"""Of prctl(2)."""


def refuse_key_logs(environment: Mapping[str, str] = os.environ) -> None:
    """mitmproxy would write every session's keys there, and with them everything anybody reads or writes."""
    for name in KEY_LOGS:
        if environment.get(name):
            raise SettingsError(f"{name} is set: the gateway does not start while session keys are being logged")


def refuse_flow_dumps(options: OptManager) -> None:
    for name in FLOW_DUMPS:
        if name in options and getattr(options, name):
            raise SettingsError(f"{name} is set: the gateway does not write traffic down")


def refuse_onlookers(master: Master) -> None:
    if type(master).__module__ not in MASTERS:
        raise SettingsError("the gateway runs as gatehouse gateway or under mitmdump, never where traffic is shown")


def leave_no_core() -> None:
    """Memory holds pages, keys and passwords. A crash leaves none of it, and no process of the same user looks in."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The limit alone does not keep a dump from a program that the system pipes dumps to.
    if ctypes.CDLL(None, use_errno=True).prctl(_DUMPABLE, 0, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "core dumps cannot be turned off")
