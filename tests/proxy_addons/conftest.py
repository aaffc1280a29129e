"""A gateway that really runs, before a small web and an appliance, all on loopback."""

import os
import signal
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest
import urllib3

from detection.sealing import new_key
from tests.proxy_addons.appliance_double import Appliance, appliance
from tests.proxy_addons.origin import Web, certificates, chat, http1, http2

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import mitmproxy.addons  # noqa: F401 - of its dependencies one speaks to another in a way that is going out of use

HELPLINE, PLAIN_HELPLINE, UNREACHABLE_HELPLINE = "www.childline.org.uk", "www.samaritans.org", "www.papyrus-uk.org"
"""Answered by the small web below, never by themselves."""
APPS = tuple(f"app{number}.test" for number in range(9))
"""Hosts of apps, which want nobody to read them."""
HOSTS = ("forum.test", "search.test", "chat.test", "h2.test", "notnhs.uk", "www.nhs.uk", "cdn.test", HELPLINE, *APPS)
NOBODY = "http://127.0.0.1:9"
RUN = "import sys; from proxy_addons.gateway import main; sys.exit(main(sys.argv[1:]))"


@dataclass
class Running:
    """A gateway, what is before it and behind it."""

    folder: Path
    port: int
    web: Web
    appliance: Appliance
    process: "subprocess.Popen[str]"
    hosts: dict[str, str]

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def root(self) -> Path:
        return self.folder / "state" / "authority" / "gatehouse-root.pem"

    @property
    def origin_ca(self) -> Path:
        return self.folder / "origin-ca.pem"

    def browser(self) -> urllib3.ProxyManager:
        """Trusts the gateway's root and nothing else."""
        return urllib3.ProxyManager(self.proxy, ca_certs=str(self.root), retries=False, timeout=60)

    def disk(self) -> bytes:
        """Every byte of every file the gateway has written of traffic: not what is built of the library, whose words
        are those that every gateway looks for."""
        written = (f for f in (self.folder / "state").rglob("*") if f.is_file() and f.name != "library.kept")
        return b"".join(f.read_bytes() for f in written)


def settings(
    folder: Path, url: str, hosts: dict[str, str], sensor: Mapping[str, object] | None = None, **more: object
) -> Path:
    """A settings file for a gateway that keeps everything below ``folder``."""
    flat = {
        "listen_port": 0,
        "state": "state",
        "origin_ca": "origin-ca.pem",
        "school": "Hillside",
        "status_seconds": 0.2,
    }
    lines = [f"{key} = {_toml(value)}" for key, value in (flat | more).items()]
    lines += ["[host_map]", *(f'"{host}" = "{where}"' for host, where in hosts.items())]
    lines += ["[sensor]", f'appliance_url = "{url}"', *(line.format(**(flat | more)) for line in SENSOR)]
    lines += [f"{key} = {_toml(value)}" for key, value in (sensor or {}).items()]
    file = folder / "gateway.toml"
    file.write_text("\n".join(lines) + "\n")
    return file


SENSOR = (
    'outbox = "{state}/outbox.db"',
    'bindings_cache = "{state}/bindings.json"',
    'token_file = "token"',
    'public_key = "public.key"',
    "later_seconds = 1.0",
)


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


@contextmanager
def gateway(
    folder: Path,
    run: str = RUN,
    *,
    appliance_is_down: bool = False,
    also: Mapping[str, str] = MappingProxyType({}),
    **more: object,
) -> Iterator[Running]:
    """Start everything; ``run`` is the program that starts the gateway. ``also``: more hosts, and where they are."""
    with ExitStack() as stack:
        web = Web()
        _, pem = certificates(folder, *HOSTS, *also)
        new_key(folder / "private.key", folder / "public.key")
        (folder / "token").write_text("a-token-for-tests")
        (folder / "token").chmod(0o600)
        double = stack.enter_context(appliance(folder / "private.key"))
        secure = f"127.0.0.1:{stack.enter_context(http1(web, pem))}"
        hosts = dict.fromkeys(HOSTS, secure) | {
            "h2.test": f"127.0.0.1:{stack.enter_context(http2(web, pem))}",
            "chat.test": f"127.0.0.1:{stack.enter_context(chat(pem, lambda said: f'You said: {said}'))}",
            "plain.test": (plain := f"127.0.0.1:{stack.enter_context(http1(web, None))}"),
            PLAIN_HELPLINE: plain,
            UNREACHABLE_HELPLINE: "127.0.0.1:9",
            **also,
        }
        config = settings(folder, NOBODY if appliance_is_down else double.url, hosts, **more)
        process = stack.enter_context(started(run, config))
        yield Running(folder, listening(process), web, double, process, hosts)


@contextmanager
def started(run: str, config: Path, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", run, "--config", str(config)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def listening(process: "subprocess.Popen[str]") -> int:
    """The port, once the gateway says it listens."""
    assert process.stdout
    line = process.stdout.readline()
    assert line.startswith("gateway: listening on "), line + (process.stderr.read() if process.stderr else "")
    return int(line.rpartition(":")[2])


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made
