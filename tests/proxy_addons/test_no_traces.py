import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from detection.settings import SettingsError
from proxy_addons import gateway as module
from proxy_addons.no_traces import refuse_key_logs, refuse_onlookers
from tests.proxy_addons.conftest import settings
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.far_ends import free_port
from tests.proxy_addons.origin import Answer


@pytest.mark.parametrize("name", ["SSLKEYLOGFILE", "MITMPROXY_SSLKEYLOGFILE"])
def test_session_keys_may_not_be_logged(name):
    with pytest.raises(SettingsError, match=name):
        refuse_key_logs({name: "/tmp/keys"})
    refuse_key_logs({name: ""})


def test_a_running_gateway_leaves_no_core_and_lets_no_process_of_its_user_look_in(running):
    process = Path(f"/proc/{running.process.pid}")
    assert re.search(r"^Max core file size +0 +0 ", (process / "limits").read_text(), re.MULTILINE)
    dumpable = (
        "import ctypes, resource; from proxy_addons.no_traces import leave_no_core; leave_no_core(); "
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))"
    )
    said = subprocess.run([sys.executable, "-c", dumpable], capture_output=True, text=True, check=True)
    assert said.stdout == "0 (0, 0)\n"


def test_a_crash_leaves_nothing_on_disk(tmp_path):
    crash = "import os; from proxy_addons.no_traces import leave_no_core; leave_no_core(); os.abort()"
    subprocess.run([sys.executable, "-c", crash], cwd=tmp_path, check=False, capture_output=True)
    assert not list(tmp_path.iterdir())


@contextmanager
def mitmproxy(tool, running, folder, *more):
    """One of mitmproxy's own programs, told to load the gateway's parts. Gives its port and the process."""
    config = settings(running.folder, running.appliance.url, running.hosts, state=str(folder / "state"))
    port = free_port()
    run = f"import sys; from mitmproxy.tools.main import {tool}; {tool}(sys.argv[1:])"
    given = ["--listen-host", "127.0.0.1", "-p", str(port), "-s", module.__file__, *more]
    process = subprocess.Popen(
        [sys.executable, "-c", run, *given, "--set", f"gatehouse_config={config}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    try:
        yield port, process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.parametrize("dump", [("-w", "flows"), ("--set", "hardump=flows.har")])
def test_traffic_is_not_written_down_under_mitmdump(running, tmp_path, dump):
    option, value = dump
    where = value.replace("flows", str(tmp_path / "flows"))
    with mitmproxy("mitmdump", running, tmp_path, option, where) as (_, process):
        said, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "the gateway does not write traffic down" in said
    assert not [f for f in tmp_path.glob("flows*") if f.stat().st_size]


def test_it_is_not_shown_as_a_web_page(running, tmp_path):
    web = ("--no-web-open-browser", "--web-port", str(free_port()))
    with mitmproxy("mitmweb", running, tmp_path, *web) as (_, process):
        said, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "never where traffic is shown" in said


def test_nor_in_a_terminal():
    class ConsoleMaster:
        __module__ = "mitmproxy.tools.console.master"

    with pytest.raises(SettingsError, match="never where traffic is shown"):
        refuse_onlookers(ConsoleMaster())


def test_mitmdump_prints_no_address_that_is_asked_for(running, tmp_path):
    running.web.answers["/quiet"] = Answer(b"<p>Rivers of Wales</p>")
    root = tmp_path / "state" / "authority" / "gatehouse-root.pem"
    with mitmproxy("mitmdump", running, tmp_path, "--set", "flow_detail=4") as (port, process):
        curl = ["curl", "-sS", "--proxy", f"http://127.0.0.1:{port}", "--cacert", str(root), "https://forum.test/quiet"]
        assert eventually(lambda: b"Wales" in subprocess.run(curl, capture_output=True, check=False).stdout, 120)
        process.terminate()
        said, _ = process.communicate(timeout=120)
    assert "forum.test" not in said
    assert "Rivers" not in said
