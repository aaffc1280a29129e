"""A pupil's browser says one worrying sentence by each transport: each is filed once, with channel and direction."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.appliance.deadline import eventually
from tests.detection.documents.factories import docx
from tests.journeys.stand import Stand, stand
from tests.journeys.talking import OTHER, TOKENS, talking
from tests.journeys.traces import letters
from tests.journeys.whole import GATEHOUSE, Whole, pupils_browser

WAYS = {
    "websocket": ("talk.test", "message", "granite"),
    "binary": ("talk.test", "message", "garnet"),
    "grpcweb": ("h2.test", "post", "walnut"),
    "document": ("talk.test", "document", "cedar"),
    "stream": ("talk.test", "prompt", "marble"),
    "graphql": ("talk.test", "message", "copper"),
    "multipart": ("talk.test", "post", "velvet"),
    "longpoll": ("talk.test", "message", "cotton"),
    "json": ("h2.test", "message", "silver"),
}
"""The transport: where its page is, the channel it is, and a word that tells its sentence from the others."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHOWN = {"reply": "".join(TOKENS), "message": OTHER["text"]}
Filed = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    folder = tmp_path_factory.mktemp("talk")
    with stand(folder) as made, talking(folder) as ports:
        file = made.places.settings("gateway")
        where = "".join(f'"{host}" = "127.0.0.1:{port}"\n' for host, port in ports.items())
        file.write_text(re.sub(r'^\[("?)host_map\1\]\n', lambda found: found[0] + where, file.read_text(), flags=re.M))
        made.start("appliance")
        made.start("gateway")
        yield made


@pytest.fixture(scope="module")
def browser(running: Stand, browsers: Playwright) -> Iterator[Browser]:
    whole = Whole(places=running.places, console="", proxy=running.ports.proxy_url, output=running.places.folder)
    opened = pupils_browser(browsers, whole)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def filed(running: Stand, browser: Browser) -> Filed:
    """Channel, direction and text of every capture, once all has been said and delivered."""
    for way, (host, _, word) in WAYS.items():
        page = browser.new_page()
        page.goto(f"https://{host}/?by={way}")
        page.get_by_label("Say").fill(f"i want to hurt myself {word}")
        page.get_by_label("File").set_input_files(
            {"name": "essay.docx", "mimeType": DOCX, "buffer": docx(f"i want to hurt myself {word}")}
        )
        page.get_by_role("button", name="Send").click()
        expect(page.locator(f"body[data-done={way}]")).to_be_attached(timeout=30_000)
        page.close()
    eventually(lambda: letters(running).waiting == 0, within=60)
    with closing(running.database()) as database:
        query = "SELECT channel, direction, text FROM captures WHERE duplicate_of IS NULL"
        return list(database.execute(query).fetchall())


@pytest.mark.parametrize("way", WAYS)
def test_what_is_written_is_filed_once_with_its_channel(filed: Filed, way: str) -> None:
    _, channel, word = WAYS[way]
    assert [(c, d) for c, d, text in filed if word in text] == [(channel, "written")]


@pytest.mark.parametrize("channel", SHOWN)
def test_what_is_said_to_the_pupil_is_filed_once_as_shown(filed: Filed, channel: str) -> None:
    assert [(c, d) for c, d, text in filed if SHOWN[channel] in text] == [(channel, "shown")]


def test_nothing_else_is_filed(filed: Filed) -> None:
    words = [*(word for _, _, word in WAYS.values()), *SHOWN.values()]
    assert [row for row in filed if not any(word in row[2] for word in words)] == []


NOT_KEPT = {"binary", "grpcweb", "document"}
"""Transports of which policy keeps no bytes: secrets cannot be taken out of them."""


def test_each_is_derived_again_from_its_recorded_bytes(running: Stand, filed: Filed) -> None:
    with closing(running.database()) as database:
        texts = dict(database.execute("SELECT id, text FROM captures WHERE duplicate_of IS NULL").fetchall())
    asked = ["--by", "dsl", "--json", "--config", str(running.places.settings("appliance"))]
    done = subprocess.run([GATEHOUSE, "reproduce", *texts, *asked], capture_output=True, text=True, check=False)
    derived = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each for each in derived if each["differences"]] == []
    assert done.returncode == 0, done.stderr
    from_text = [texts[each["capture"]] for each in derived if each["source"] == "text" and each["capture"] in texts]
    words = {way: word for way, (_, _, word) in WAYS.items()}
    assert {way for way, word in words.items() if any(word in text for text in from_text)} == NOT_KEPT
