"""The same bytes, live and replayed, give the same detections."""

import asyncio
import json
import os
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import urllib3
from websockets.sync.server import ServerConnection, serve

from detection.grading import Detection
from detection.library import SHIPPED
from detection.library_building import cache_folder, in_cache
from proxy_addons.replay.capture_file import file_sha256
from proxy_addons.replay.detection_fields import detection_fields
from proxy_addons.replay.replay import replay
from proxy_addons.replay.spectator import Onlooker
from proxy_addons.replay.tls.key_log_files import read_key_logs
from tests.proxy_addons.conftest import Running, gateway
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.origin import Answer
from tests.proxy_addons.replay.conftest import asked
from tests.proxy_addons.replay.factories import write
from tests.proxy_addons.replay.tap import tap
from tests.websocket_client import connect

PAGES = {"Accept": "text/html,*/*;q=0.8"}
JSON = {"Content-Type": "application/json", "Accept": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", **PAGES}
ONLY_LIVE = {"id", "seen_at", "marks", "subject"}


@contextmanager
def plain_chat() -> Iterator[str]:
    """A chat without TLS; gives its address."""

    def talk(connection: ServerConnection) -> None:
        for message in connection:
            connection.send(f"You said: {message!s}")

    server = serve(talk, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}/room"
    finally:
        server.shutdown()
        thread.join(20)


def browse(running: Running, proxy: str, keylog: Path) -> None:
    """A pupil's quarter of an hour: a search, a form, a page, a machine, a chat, and something in TLS."""
    running.web.answers["/search"] = Answer(b"<p>Nothing found</p>")
    running.web.answers["/post"] = Answer(b"<p>Thank you</p>")
    running.web.answers["/page"] = Answer(b"<title>Today</title><p>Some days i want to hurt myself third</p>")
    reply = {"choices": [{"message": {"role": "assistant", "content": "I am sorry to hear that."}}]}
    running.web.answers["/v1/chat/completions"] = Answer(
        json.dumps(reply).encode(), {"Content-Type": "application/json"}
    )
    trust = ssl.create_default_context(cafile=str(running.root))
    trust.keylog_filename = str(keylog)
    browser = urllib3.ProxyManager(proxy, ssl_context=trust, retries=False, timeout=60)
    browser.request("GET", "http://plain.test/search?q=i+want+to+hurt+myself+first", headers=PAGES)
    said = "title=Today&message=i+want+to+hurt+myself+second&password=hunter-pass"
    browser.request("POST", "http://plain.test/post", body=said, headers=FORM)
    browser.request("GET", "http://plain.test/page", headers=PAGES)
    prompt = {"messages": [{"role": "user", "content": "i want to hurt myself fourth"}], "model": "small"}
    browser.request("POST", "http://plain.test/v1/chat/completions", body=json.dumps(prompt), headers=JSON)
    with plain_chat() as address, connect(address, proxy=proxy) as chat:
        for words in ("good morning", "i want to hurt myself fifth"):
            chat.send(words)
            assert chat.recv() == f"You said: {words}"
    browser.request("GET", "https://search.test/search?q=i+want+to+hurt+myself+sixth", headers=PAGES)
    browser.clear()


def compared(detection: Detection) -> dict[str, Any]:
    return {name: value for name, value in detection_fields(detection).items() if name not in ONLY_LIVE}


def test_what_the_live_gateway_reports_the_replay_of_the_same_bytes_reports(running: Running, tmp_path: Path) -> None:
    with tap(running.port) as recorder:
        browse(running, recorder.proxy, tmp_path / "keys")
        eventually(lambda: len(running.appliance.reports) >= 6)
        file = write(tmp_path / "pupil.pcap", recorder.packets())
    keys = read_key_logs([tmp_path / "keys"], pytest.fail)
    replayed = asyncio.run(replay(file, file_sha256(file), Onlooker(in_cache(SHIPPED, cache_folder())), keys=keys))
    live = [compared(report.detection) for report in running.appliance.reports]
    assert [compared(detection) for detection in replayed.detections] == live
    assert [d["channel"] for d in live] == ["search", "post", "page", "prompt", "message", "search"]
    assert live[-1]["app"] == "search.test"
    assert not replayed.unread
    assert ("CONNECT", "search.test:443", 200) in asked(replayed)
    assert ("GET", "http://plain.test/page", 200) in asked(replayed)
    without_keys = asyncio.run(replay(file, file_sha256(file), Onlooker(in_cache(SHIPPED, cache_folder()))))
    assert [compared(detection) for detection in without_keys.detections] == live[:-1]
    assert without_keys.unread["TLS connections", "TLS without keys (to search.test)"] == 1


@contextmanager
def captured(file: Path, port: str) -> Iterator[None]:
    """What goes over loopback to and from a port, as tcpdump writes it down."""
    command = ["tcpdump", "-i", "lo", "--immediate-mode", "-U", "-w", str(file), "port", port]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        said = []
        for line in process.stderr:
            said.append(line)
            if "listening on" in line:
                break
        else:
            if any("permission" in line for line in said):
                pytest.skip("this machine lets not even root record traffic")
            pytest.fail("".join(said))
        yield
    finally:
        process.terminate()
        process.communicate(timeout=20)


def open_in_chromium(url: str, proxy: str, folder: Path, keylog: Path) -> None:
    command = ["/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors"]
    command += ["--disable-background-networking", "--disable-component-update", f"--user-data-dir={folder}"]
    command += [f"--proxy-server={proxy}", "--virtual-time-budget=8000", "--dump-dom", url]
    env = {**os.environ, "SSLKEYLOGFILE": str(keylog)}
    subprocess.run(command, env=env, check=True, capture_output=True, timeout=60)


START = b"""<title>Start</title><script>
fetch("/post", {method: "POST", headers: {"Content-Type": "application/json"},
  body: JSON.stringify({message: "i want to hurt myself first"})})
.then(() => location.replace("https://search.test/search?q=i+want+to+hurt+myself+second"));
</script>"""


@pytest.mark.skipif(os.geteuid() != 0, reason="tcpdump records only for root")
def test_a_real_browsers_session_is_found_again_on_both_sides_of_the_gateway(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_chain = ssl.SSLContext.load_cert_chain

    def logging(context: ssl.SSLContext, *args: Any, **more: Any) -> None:
        """The gateway does not start where it would log keys: the far end writes them down instead."""
        context.keylog_filename = str(tmp_path / "origin.keys")
        load_chain(context, *args, **more)

    monkeypatch.setattr(ssl.SSLContext, "load_cert_chain", logging)
    with gateway(tmp_path) as made:
        made.web.answers["/start"] = Answer(START)
        made.web.answers["/post"] = Answer(b"<p>Thank you</p>")
        made.web.answers["/search"] = Answer(b"<p>Nothing found</p>")
        plain, secure = (made.hosts[host].rpartition(":")[2] for host in ("plain.test", "search.test"))
        with (
            captured(tmp_path / "browser.pcap", str(made.port)),
            captured(tmp_path / "plain.pcap", plain),
            captured(tmp_path / "secure.pcap", secure),
        ):
            open_in_chromium("http://plain.test/start", made.proxy, tmp_path / "profile", tmp_path / "browser.keys")
            eventually(lambda: len(made.appliance.reports) >= 2)
        live = [compared(report.detection) for report in made.appliance.reports]

    def found(name: str, log: str) -> list[dict[str, Any]]:
        file, keys = tmp_path / name, read_key_logs([tmp_path / log], pytest.fail)
        outcome = asyncio.run(replay(file, file_sha256(file), Onlooker(in_cache(SHIPPED, cache_folder())), keys=keys))
        return [compared(detection) for detection in outcome.detections]

    assert len(live) == 2
    assert found("browser.pcap", "browser.keys") == live
    assert found("plain.pcap", "origin.keys") + found("secure.pcap", "origin.keys") == live
