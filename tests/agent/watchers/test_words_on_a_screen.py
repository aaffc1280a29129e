"""A picture in a real browser: no program tells what stands in it, and it is read all the same."""

import base64
import threading
from collections.abc import Iterator

import pytest

from agent.linux.desktop import LinuxDesktop
from agent.linux.surroundings import surroundings
from agent.orders import Orders
from agent.seen import Seen
from agent.session.session import Session
from agent.watchers.screen_words import ScreenWords
from agent.watchers.unread import Tally
from detection.observation import Mark
from tests.agent.watchers.drawing import picture_of
from tests.agent.watchers.programs import needs_tesseract
from tests.desktop import Screen, missing, needs, screen, wait_for


@pytest.fixture
def desk() -> Iterator[Screen]:
    if reason := missing():
        pytest.skip(reason)
    with screen() as made:
        yield made


@needs_tesseract
@needs("chromium")
def test_what_stands_in_a_picture_on_a_page_is_read(desk: Screen) -> None:
    picture = base64.b64encode(picture_of("the old bridge is closed")).decode()
    desk.chromium(f"<img src='data:image/png;base64,{picture}'>", title="Holiday")
    said, read = list[Seen](), list[Seen]()
    orders = Orders(screen=True, ocr=True, pictures=True)
    session = Session(lambda: LinuxDesktop(surroundings(desk.environment)), said.append)
    words = ScreenWords(read.append, session.shown, Tally(), every=0.5)
    running = threading.Thread(target=session.run)
    running.start()
    session.obey(orders)
    words.obey(orders)
    try:
        seen = wait_for(lambda: [each for each in read if "old bridge is closed" in each.text], 40)[0]
    finally:
        words.close()
        session.stop()
        running.join(10)
    assert seen.marks == {Mark.OCR}
    assert "Holiday" in seen.title
    assert seen.picture.startswith(b"\xff\xd8")
    assert not any("bridge" in each.text for each in said)
