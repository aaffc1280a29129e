"""``gatehouse supervisor``: the command line."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from proxy_addons.supervisor.firewall import FirewallError
from proxy_addons.supervisor.guard import release
from proxy_addons.supervisor.supervisor import Supervisor


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gatehouse supervisor", description="Keep the gateways of a box running, and its firewall in step."
    )
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the gateways' settings (TOML)")
    parser.add_argument("--release", action="store_true", help="only let go of the firewall, by the fail policy")
    chosen = parser.parse_args(argv)
    logging.basicConfig(format="supervisor: %(message)s", level=logging.WARNING)
    try:
        supervisor = Supervisor.of(chosen.config)
        if chosen.release:
            release(supervisor.crew.settings)
            return 0
        return supervisor.run()
    except (ValueError, OSError, FirewallError) as e:
        print(f"supervisor: {e}", file=sys.stderr)
        return 2
