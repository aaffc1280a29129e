"""What every test shares: nothing but which of them this environment can run."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("mitmproxy") else ["proxy_addons"]
