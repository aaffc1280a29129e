"""The last thing said once everything runs: where to look, how to sign in, how to try it with a browser."""

from pathlib import Path

from appliance.running.browsers import chromium, firefox
from appliance.running.places import Places
from appliance.running.settings_files import Ports

LOGIN = "dsl"


def closing(places: Places, ports: Ports, sample_root: Path) -> str:
    """``sample_root``: who vouches for the sample web, which a browser outside would take for granted."""
    first_password = (
        f"its first password is in {places.first_password}"
        if places.first_password.exists()
        else "with the password that was chosen"
    )
    profile, roots = places.folder / "browsers", (places.root, sample_root)
    return f"""
Gatehouse is running.

  Console        {ports.console_url}
  Sign in as     {LOGIN}; {first_password}
  Proxy          {ports.proxy_url}
  Agents         {ports.agents_url}; docs/agent.md says how to try one here
  Root           {places.root}
  Data           {places.folder}
  Logs           {places.log("gateway").parent}

To be watched yourself, start a browser of its own through the proxy. Chromium:

{_indented(chromium(roots, ports.proxy_url, profile / "chromium"))}

Firefox (certutil comes with libnss3-tools):

{_indented(firefox(roots, profile / "firefox"))}

Ctrl-C stops everything; the same command finds the data again.
"""


def _indented(lines: str) -> str:
    return "\n".join(f"  {line}" for line in lines.splitlines())
