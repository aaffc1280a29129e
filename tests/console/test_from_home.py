"""The reverse proxy of docs/from-home.md, as it stands there: from outside with a passkey, and with certificates."""

import base64
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from appliance.models import SignInAttempt
from console.application import create_app
from tests.console.authenticators import Virtual
from tests.console.factories import PASSWORD, School
from tests.console.visiting import chromium_running, enter, served

NGINX = os.environ.get("GATEHOUSE_TEST_NGINX") or shutil.which("nginx", path="/usr/sbin:/usr/bin")
PAGE = Path(__file__).parents[2] / "docs" / "from-home.md"
NAME = "console.school.example"
certified = pytest.mark.parametrize("front", ["certificates"], indirect=True)
pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not here")


@dataclass
class Front:
    folder: Path
    port: int

    def curl(self, path: str, *more: str, device: bool = True) -> str:
        mine = ["--cert", "laptop.pem", "--key", "laptop.key"] if device else []
        to = [
            "--resolve",
            f"{NAME}:{self.port}:127.0.0.1",
            "--cacert",
            "console.pem",
            f"https://{NAME}:{self.port}{path}",
        ]
        command = ["curl", "-sS", "-i", "--max-time", "20", "-b", "jar", "-c", "jar", *mine, *more, *to]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=True).stdout


def certificates(folder: Path) -> None:
    """By the commands of the page; the proxy's own is signed by itself."""
    commands = [
        line.partition("#")[0] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("    openssl")
    ]
    assert len(commands) == 4
    for command in commands[:3]:
        subprocess.run(command, shell=True, cwd=folder, check=True, capture_output=True)
    own = f'openssl req -x509 -newkey rsa:2048 -noenc -subj "/CN={NAME}" -addext subjectAltName=DNS:{NAME}'
    more = "-keyout console.key -out console.pem"
    subprocess.run(f"{own} {more}", shell=True, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def front(school: School, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Front]:
    """Who comes by 127.0.0.1 is inside, by ::1 outside. With what the page says of certificates if wanted."""
    folder = tmp_path / "nginx"
    folder.mkdir()
    certificates(folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = {"proxies": 1, "cookie_secure": True, "inside": ("127.0.0.1/32",), "public_url": f"https://{NAME}:{port}"}
    app = create_app(replace(school.settings, **own), school.sessions, school.vault, school.clock)
    block, more = re.findall(r"```nginx\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    if getattr(request, "param", "") == "certificates":
        block = block.replace("    access_log off;", f"{more}    access_log off;")
    with served(app) as address:
        block = block.replace("listen 8443 ssl;", f"listen 127.0.0.1:{port} ssl; listen [::1]:{port} ssl;")
        block = block.replace("http://127.0.0.1:8000", address)
        kept = "".join(f"{what}_temp_path {what};\n" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        text = f"events {{}}\nhttp {{\n{kept}{block.replace('/etc/nginx', str(folder))}\n}}\n"
        (folder / "nginx.conf").write_text(f"daemon off;\nerror_log error.log;\npid nginx.pid;\nuser root;\n{text}")
        program = subprocess.Popen([str(NGINX), "-p", str(folder), "-e", "error.log", "-c", "nginx.conf"])
        try:
            _wait_for(port)
            yield Front(folder, port)
        finally:
            program.terminate()
            program.wait(20)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("nginx does not answer")


def sign_in(front: Front, password: str) -> str:
    shown = front.curl("/sign-in")
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', shown)[0]
    form = ["-d", "login=dsl", "--data-urlencode", f"password={password}", "--data-urlencode", f"csrf_token={token}"]
    return front.curl("/sign-in", *form, "-e", f"https://{NAME}:{front.port}/sign-in")


@contextmanager
def chromium_at(front: Front, address: str) -> Iterator[Page]:
    """A browser that knows the console's certificate and finds its name at ``address``."""
    key = (
        "openssl x509 -in console.pem -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary"
    )
    known = subprocess.run(key, shell=True, cwd=front.folder, capture_output=True, check=True).stdout
    trusted = f"--ignore-certificate-errors-spki-list={base64.b64encode(known).decode()}"
    with chromium_running(f"--host-resolver-rules=MAP {NAME} {address}", trusted) as browser:
        page = browser.new_page()
        yield page


def test_a_passkey_added_at_school_opens_the_console_from_outside_and_the_password_does_not(
    front: Front, school: School
) -> None:
    school.reviewer("dsl")
    at = f"https://{NAME}:{front.port}"
    with chromium_at(front, "127.0.0.1") as page:
        device = Virtual(page)
        page.goto(f"{at}/account")
        enter(page, "dsl")
        page.get_by_label("What to call it").fill("Laptop")
        page.get_by_label("Your password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_text("The passkey “Laptop” was added.")).to_be_visible()
        (key,) = device.keys()
    with chromium_at(front, "[::1]") as page:
        Virtual(page).take(key)
        page.goto(f"{at}/queue")
        expect(page.get_by_text("your password alone is not enough")).to_be_visible()
        expect(page.get_by_label("Password")).to_have_count(0)
        page.get_by_role("link", name="Sign in with a passkey").click()
        expect(page).to_have_url(f"{at}/queue")


@certified
def test_a_device_with_a_certificate_reaches_the_door_and_signs_in(front: Front, school: School) -> None:
    school.reviewer("dsl")
    answer = sign_in(front, PASSWORD)
    assert answer.startswith("HTTP/1.1 302")
    assert "Secure" in next(line for line in answer.splitlines() if line.lower().startswith("set-cookie:"))
    assert "strict-transport-security" in answer.lower()
    assert "HTTP/1.1 200" in front.curl("/queue")


@certified
def test_one_without_does_not_see_the_door(front: Front) -> None:
    said = front.curl("/sign-in", device=False)
    assert said.startswith("HTTP/1.1 400")
    assert "Safeguarding" not in said


def test_who_mistypes_is_counted_by_their_own_address_whatever_they_claim(front: Front, school: School) -> None:
    school.reviewer("dsl")
    front.curl("/sign-in", "-H", "X-Forwarded-For: 198.51.100.7")
    assert sign_in(front, "wrong guess").startswith("HTTP/1.1 422")
    with school.sessions() as session:
        assert session.scalars(select(SignInAttempt.address)).all() == ["127.0.0.1"]
