import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import Thread

import pytest

from images.cage import Cage, CageError, CageTimeout
from images.settings import RendererSettings
from tests.images import processes
from tests.images.factories import eventually, order

SETTINGS = RendererSettings()
PAGE = order("<h1>Hello</h1>")
HEAVY = "<style>div{filter:blur(200px);width:3000px;height:3000px;background:red}</style>" + "<div>" * 60


@contextmanager
def cage_of(settings: RendererSettings) -> Iterator[Cage]:
    cage = Cage(settings)
    try:
        yield cage
    finally:
        cage.kill()


def of_type(pid: int, kind: str) -> list[int]:
    return [p for p in processes.tree(pid) if f"--type={kind}" in processes.command_line(p)]


@contextmanager
def drawing_slowly(cage: Cage) -> Iterator[int]:
    """While a page is drawn that never would be; the cage's process."""
    cage.ask(PAGE)
    assert cage.pid
    pid = cage.pid
    # The page before is given up a moment after its picture was sent.
    assert eventually(lambda: not of_type(pid, "renderer"))

    def ask() -> None:
        with suppress(CageError):
            cage.ask(order(HEAVY))

    thread = Thread(target=ask)
    thread.start()
    assert eventually(lambda: bool(of_type(pid, "renderer")))
    yield pid
    thread.join()


def test_one_browser_answers_order_after_order() -> None:
    with cage_of(SETTINGS) as cage:
        assert cage.pid is None
        first = cage.ask(PAGE)
        pid = cage.pid
        assert cage.ask(PAGE).png == first.png
        assert cage.pid == pid


def test_killing_the_cage_leaves_no_process() -> None:
    with cage_of(SETTINGS) as cage:
        cage.ask(PAGE)
        assert cage.pid
        everything = processes.tree(cage.pid)
        assert len(everything) > 5
        cage.kill()
        cage.kill()
        assert eventually(lambda: not any(map(processes.alive, everything)))


def test_a_cage_killed_from_outside_is_replaced() -> None:
    with cage_of(SETTINGS) as cage:
        cage.ask(PAGE)
        first = cage.pid
        assert first
        os.kill(first, signal.SIGKILL)
        assert eventually(lambda: not processes.alive(first))
        assert cage.ask(PAGE).png
        assert cage.pid != first


def test_chromiums_own_sandbox_is_on_and_memory_is_bounded() -> None:
    with cage_of(replace(SETTINGS, seconds=3.0)) as cage, drawing_slowly(cage) as pid:
        assert not [p for p in processes.tree(pid) if "--no-sandbox" in processes.command_line(p)]
        (page,) = of_type(pid, "renderer")
        status = processes.status(page)
        assert status["Seccomp"] == "2"
        assert status["NoNewPrivs"] == "1"
        assert int(status["CapEff"], 16) == 0
        assert processes.limit(page, "Max data size") == str(SETTINGS.memory_mib * 2**20)
        assert processes.limit(page, "Max core file size") == "0"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down")
def test_started_by_root_no_browser_process_is_root() -> None:
    with cage_of(SETTINGS) as cage:
        cage.ask(PAGE)
        assert cage.pid
        inside = [p for p in processes.tree(cage.pid) if not processes.command_line(p).startswith("bwrap ")]
        users = []
        for process in inside:
            with suppress(OSError):  # the browser lets a process end whenever it likes
                users.append(processes.status(process)["Uid"].split())
        assert len(users) > 5
        assert not any("0" in user for user in users)


def test_a_page_that_takes_too_long_is_ended() -> None:
    with cage_of(replace(SETTINGS, seconds=1.0)) as cage:
        with pytest.raises(CageTimeout):
            cage.ask(order(HEAVY))
        assert cage.pid is None
    with cage_of(SETTINGS) as cage:
        assert cage.ask(PAGE).png


@pytest.mark.parametrize(
    "victim",
    [
        pytest.param("renderer", id="page"),
        pytest.param("", id="browser"),
        pytest.param("gpu-process", id="painter", marks=pytest.mark.slow),
    ],
)
def test_a_browser_killed_while_it_draws_is_replaced(victim: str) -> None:
    with cage_of(replace(SETTINGS, seconds=3.0)) as cage:
        with drawing_slowly(cage) as pid:
            for process in of_type(pid, victim) if victim else [p for p in processes.tree(pid) if is_main(p)]:
                os.kill(process, signal.SIGKILL)
        assert cage.ask(PAGE).png


def is_main(pid: int) -> bool:
    words = processes.command_line(pid)
    return words.startswith("/usr/lib/chromium") and "--type=" not in words


def test_a_missing_browser_is_said() -> None:
    with (
        cage_of(replace(SETTINGS, chromium="/nowhere/chromium")) as cage,
        pytest.raises(CageError, match="stopped: "),
    ):
        cage.ask(PAGE)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs the user")
def test_a_missing_user_is_said() -> None:
    with cage_of(replace(SETTINGS, user="nobody-of-that-name")) as cage, pytest.raises(CageError, match="no user"):
        cage.ask(PAGE)


def test_a_server_on_this_machine_is_out_of_the_pages_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        base = f"http://127.0.0.1:{server.getsockname()[1]}"
        html = f"""<link rel=preconnect href="{base}"><link rel=dns-prefetch href="{base}">
            <link rel=stylesheet href="{base}/s.css"><img src="{base}/a.png"><iframe src="{base}/f"></iframe>
            <object data="{base}/o"></object><video src="{base}/v"></video><style>@import "{base}/i.css";</style>
            <meta http-equiv=refresh content="0;url={base}/r"><h1>Hello</h1>"""
        with cage_of(SETTINGS) as cage:
            assert cage.ask(order(html)).png
        with pytest.raises(BlockingIOError):
            server.accept()
