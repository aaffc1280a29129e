import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from appliance.run import main
from appliance.running.hold import hold
from appliance.running.places import Places
from appliance.running.programs import GATEHOUSE
from appliance.sample.browser import Browser, Route

GATEWAY = GATEHOUSE.parents[1] / ".venv-gateway"


def free_ports() -> list[int]:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


def arguments(data: Path, *more: str) -> list[str]:
    console, proxy, appliance = map(str, free_ports())
    ports = ["--console-port", console, "--proxy-port", proxy, "--appliance-port", appliance]
    return ["--data", str(data), *ports, *more]


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """``main`` takes the process's signals for itself, and pytest wants them back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, was in before.items():
        signal.signal(number, was)


def test_a_folder_that_is_a_file_is_one_line_and_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(arguments(tmp_path / "file" / "var")) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert said[0].startswith("gatehouse run: ")
    assert "Not a directory" in said[0]


def test_a_folder_in_use_is_one_line_and_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Places(tmp_path).make()
    with hold(tmp_path):
        assert main(arguments(tmp_path)) == 2
    assert "in use by another gatehouse run" in capsys.readouterr().err


@pytest.mark.skipif(not GATEWAY.exists(), reason="needs the gateway's environment beside this one")
def test_it_starts_everything_and_one_ctrl_c_ends_it(tmp_path: Path) -> None:
    chosen = arguments(tmp_path / "var", "--empty")
    console, proxy = chosen[3], chosen[5]
    places = Places(tmp_path / "var")
    with subprocess.Popen([str(GATEHOUSE), "run", *chosen], stdout=subprocess.PIPE, text=True) as run:
        try:
            said = _until_running(run)
            assert f"http://127.0.0.1:{console}/" in said
            assert str(places.first_password) in said
            assert places.first_password.read_text().strip() not in said
            with urllib3.PoolManager(timeout=20) as web:
                assert web.request("GET", f"http://127.0.0.1:{console}/").status == 200
            with Browser(Route(f"http://127.0.0.1:{proxy}", str(places.root), "127.0.1.5")) as browser:
                assert "Volcano" in browser.open("https://homework.test/").html.title()
        finally:
            run.send_signal(signal.SIGINT)
            rest = run.communicate(timeout=90)[0]
    assert rest.splitlines()[-2:] == ["Stopping …", "Stopped."]
    assert run.returncode == 0
    for port in (console, proxy):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", int(port)))


def _until_running(run: "subprocess.Popen[str]") -> str:
    """All it has said once it has said everything; what it said instead if it ends before."""
    assert run.stdout
    said, deadline = "", time.monotonic() + 120
    for line in run.stdout:
        said += line
        if line.startswith("Ctrl-C stops everything"):
            return said
        assert time.monotonic() < deadline, said
    raise AssertionError(said)
