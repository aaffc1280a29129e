"""The town itself: everybody reaches the internet through the gateway, and nothing of it is left afterwards."""

import subprocess
from pathlib import Path

import pytest

from tests.box.pupil import curl
from tests.box.town import CHAT, GUESTS4, PUPILS4, PUPILS6, WEB
from tests.box.town import town as another


@pytest.mark.parametrize("url", ["http://web.test/", "https://web.test/", f"https://[{WEB[1]}]/", "https://h2.test/"])
def test_a_pupil_reaches_the_internet(town, internet, url):
    assert "Welcome to " in curl(town.pupils, url, internet.ca).body


def test_the_internet_knows_which_device_came(town, internet):
    for place, address in ((town.pupils, PUPILS4[3]), (town.pupils, PUPILS6[3]), (town.guests, GUESTS4[1])):
        curl(place, f"http://web.test/who?{address}", internet.ca, address=address)
        assert internet.asked(f"/who?{address}")[0]["client"] == address


def test_what_the_internet_answers_can_be_changed(town, internet):
    internet.put("/page", "<p>Rivers of Wales</p>")
    assert curl(town.pupils, "http://web.test/page", internet.ca).body == "<p>Rivers of Wales</p>"


def test_there_is_a_chat(town, internet):
    code = (
        "import asyncio, ssl, sys; from websockets.asyncio.client import connect\n"
        "trust = ssl.create_default_context(cafile=sys.argv[1])\n"
        "async def talk():\n"
        "    async with connect('wss://chat.test/', ssl=trust, proxy=None) as chat:\n"
        "        await chat.send('hello'); print(await chat.recv())\n"
        "asyncio.run(talk())"
    )
    assert town.pupils.python(code, internet.ca).stdout == "You said: hello\n"


def test_a_download_comes_in_drops(town, internet):
    got = curl(town.pupils, "https://web.test/drip?seconds=0.5", internet.ca, more=("--output", "/dev/null"))
    assert got.seconds >= 0.4


def test_no_name_is_known_but_those_of_the_town(town):
    assert town.pupils.run("getent", "hosts", "elsewhere.test", check=False).returncode != 0
    assert CHAT[1] in town.pupils.run("getent", "ahosts", "chat.test").stdout


@pytest.mark.usefixtures("_can_be_made")
def test_nothing_of_it_is_left_even_after_a_failure(tmp_path):
    made = {}

    def fails() -> None:
        with another(tmp_path) as short:
            made["names"] = [place.name for place in short.places]
            made["process"] = short.pupils.start("sleep", "1000")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    left = subprocess.run(["ip", "netns"], capture_output=True, text=True, check=True).stdout
    assert not [name for name in made["names"] if name in left or Path("/etc/netns", name).exists()]
    assert made["process"].poll() is not None
