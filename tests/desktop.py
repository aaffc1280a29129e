"""A real desktop to type into: Xvfb, a window manager, a session bus and accessibility, with programs started on it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

PACKAGES = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "dbus-daemon": "dbus",
    "xdotool": "xdotool",
    "xclip": "xclip",
    "xprop": "x11-utils",
    "setxkbmap": "x11-xkb-utils",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
}
PROGRAMS = {
    "mousepad": "mousepad",
    "xterm": "xterm",
    "chromium": "chromium",
    "soffice": "libreoffice-writer",
    "wish": "tk",
    "i3lock": "i3lock",
    "ibus-daemon": "ibus ibus-gtk3 ibus-libpinyin",
}
T = TypeVar("T")


def missing(*programs: str) -> str:
    """Why a test cannot run here; empty where it can."""
    wanted = PACKAGES | {program: PROGRAMS[program] for program in programs}
    lacking = sorted(package for program, package in wanted.items() if not shutil.which(program))
    return f"needs Debian's {' '.join(lacking)}" if lacking else ""


def wait_for(found: Callable[[], T], seconds: float = 15.0, what: str | Callable[[], str] = "") -> T:
    """What ``found`` gives as soon as it is true of anything."""
    ends = time.monotonic() + seconds
    while not (value := found()):
        if time.monotonic() > ends:
            raise AssertionError(f"not within {seconds} s: {what() if callable(what) else what or found}")
        time.sleep(0.02)
    return value


class Screen:
    """One display with its session; programs started here end with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._started: list[subprocess.Popen[bytes]] = []
        self._own = 0
        self.environment = self._bare_environment()

    def _bare_environment(self) -> dict[str, str]:
        for name in ("home", "run"):
            (self.folder / name).mkdir(mode=0o700)
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder / "home"),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "LANG": "C.UTF-8",
            "GTK_IM_MODULE": "gtk-im-context-simple",
            "GSETTINGS_BACKEND": "memory",  # an editor that was ended would offer to go on where it was
        }

    def begin(self, size: str = "1280x800") -> None:
        self.environment["DISPLAY"] = (
            f":{self._told('Xvfb', '-screen', '0', f'{size}x24', '-nolisten', 'tcp', '-displayfd')}"
        )
        told = self._told("dbus-daemon", "--session", "--nofork", "--print-address")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = told
        ready = self.folder / "window-manager"
        self.start("openbox", "--startup", f"touch {ready}")
        wait_for(ready.exists, what="a window manager")
        self._own = len(self._started)

    def _told(self, *command: str) -> str:
        """Starts what says a line on the descriptor that it is given last, and gives that line."""
        reader, writer = os.pipe()
        joined = [*command[:-1], f"{command[-1]}={writer}"] if command[0] == "dbus-daemon" else [*command, str(writer)]
        self.start(*joined, keep=[writer])
        os.close(writer)
        with os.fdopen(reader) as line:
            return line.readline().strip()

    def start(self, *command: str, keep: Sequence[int] = (), **extra: str) -> "subprocess.Popen[bytes]":
        with (self.folder / "programs.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                env=self.environment | extra,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=keep,
                start_new_session=True,
                cwd=self.environment["HOME"],
            )
        self._started.append(process)
        return process

    def xdotool(self, *arguments: str, fails: bool = False) -> str:
        command = ("xdotool", *arguments)
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=60)
        assert fails or done.returncode == 0, (command, done.stderr)
        return done.stdout.strip()

    def type(self, text: str, milliseconds: int = 12) -> None:
        self.xdotool("type", "--delay", str(milliseconds), "--", text)

    def layout(self, *name: str) -> None:
        """What the keys write from now on. Letters that it lacks are lent a key each, and on a slow machine lost."""
        subprocess.run(("setxkbmap", *name), env=self.environment, check=True, timeout=10)

    def key(self, *keys: str) -> None:
        self.xdotool("key", "--delay", "12", *keys)

    def copy(self, text: str) -> None:
        """Into the clipboard."""
        command = ("xclip", "-selection", "clipboard")
        subprocess.run(command, env=self.environment, input=text.encode(), check=True, timeout=10)

    def active_title(self) -> str:
        return self.property("-id", self.xdotool("getactivewindow", fails=True), "WM_NAME")

    def property(self, *of: str) -> str:
        """As xprop writes it."""
        done = subprocess.run(("xprop", *of), env=self.environment, capture_output=True, check=False, timeout=60)
        return done.stdout.decode("utf-8", "replace")

    def wait_for_window(self, title: str, seconds: float = 20.0) -> str:
        """Until a window with this in its title has the keyboard."""
        return wait_for(lambda: title in (found := self.active_title()) and found, seconds, f"a window {title!r}")

    def editor(self, *arguments: str) -> None:
        self.start("mousepad", "--disable-server", *arguments)

    def chromium(self, page: str, *, title: str, accessible: bool = True) -> None:
        """With one page, until its title is on the active window."""
        file = self.folder / "home" / f"{title}.html"
        file.write_text(f"<!doctype html><meta charset=utf-8><title>{title}</title>{page}", "utf-8")
        self.browse(file.as_uri(), accessible=accessible)
        self.wait_for_window(title, 40)

    def browse(self, address: str, *flags: str, accessible: bool = True) -> None:
        self.start(
            "chromium",
            *(("--no-sandbox", "--test-type") if os.geteuid() == 0 else ()),
            *(("--force-renderer-accessibility",) if accessible else ()),
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--password-store=basic",
            f"--user-data-dir={self.folder}/home/chromium",
            *flags,
            address,
        )

    def stop(self, process: "subprocess.Popen[bytes]") -> None:
        self._started.remove(process)
        _end(process)

    def stop_programs(self) -> None:
        """All but what the desktop itself is made of."""
        for process in reversed(self._started[self._own :]):
            self.stop(process)
        wait_for(lambda: "0x" not in self.property("-root", "_NET_CLIENT_LIST"), what="all windows to close")

    def end(self) -> None:
        for process in reversed(self._started):
            _end(process)
        self._started.clear()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """With all that it started: each has a process group of its own."""
    for kind in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, kind)
            process.wait(timeout=3)
        except ProcessLookupError:
            pass
        except subprocess.TimeoutExpired:
            continue
    process.wait(timeout=5)


@contextmanager
def screen() -> Iterator[Screen]:
    with tempfile.TemporaryDirectory(prefix="desktop-", ignore_cleanup_errors=True) as folder:
        made = Screen(Path(folder))
        try:
            made.begin()
            yield made
        finally:
            made.end()


def needs(*programs: str) -> pytest.MarkDecorator:
    reason = missing(*programs)
    return pytest.mark.skipif(bool(reason), reason=reason)
