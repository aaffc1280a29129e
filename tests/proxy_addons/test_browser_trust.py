"""A real browser behind the gateway: it trusts the school's root as a device does, and is told to ignore nothing."""

import shutil

import pytest

from tests.proxy_addons.certificates import checkers
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.origin import Answer

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("certutil", "chromium-headless-shell"))),
    reason="needs chromium-headless-shell and libnss3-tools",
)


@pytest.fixture
def shown(running, tmp_path):
    trusted = {"school": running.root, "web": running.origin_ca}
    return lambda url: checkers.chromium(trusted, tmp_path, url, f"--proxy-server={running.proxy}")


def test_it_takes_what_the_gateway_signs_and_the_page_is_read(running, shown):
    running.web.answers["/trusted"] = Answer(b"<p>i want to hurt myself twentieth</p>")
    assert "twentieth" in shown("https://forum.test/trusted")
    assert eventually(lambda: running.appliance.report_of("i want to hurt myself twentieth"))


def test_what_is_left_closed_it_gets_from_the_host_itself(running, shown):
    running.web.answers["/closed"] = Answer(b"<p>i want to hurt myself twenty-first</p>")
    assert "twenty-first" in shown("https://www.nhs.uk/closed")
    assert not running.appliance.report_of("i want to hurt myself twenty-first")
