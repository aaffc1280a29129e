"""What is served answers, says where, and is one process of threads."""

import signal
import subprocess
import sys
import urllib.request

import pytest

from appliance.gunicorn_server import address

PROGRAM = """
from flask import Flask
from appliance.gunicorn_server import Server
def make():
    app = Flask("well")
    app.add_url_rule("/", view_func=lambda: "well")
    return app
Server("well", {"bind": "127.0.0.1:0", "threads": 2}, make).run()
"""


@pytest.mark.parametrize(("host", "spelt"), [("192.0.2.1", "192.0.2.1:80"), ("2001:db8::1", "[2001:db8::1]:80")])
def test_an_address_is_spelt_as_browsers_do(host: str, spelt: str) -> None:
    assert address(host, 80) == spelt


def test_it_says_where_it_answers_and_ends_when_asked() -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said.startswith("gatehouse well: listening on http://127.0.0.1:")
        with urllib.request.urlopen(said.split()[-1], timeout=20) as answer:
            assert answer.read() == b"well"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
