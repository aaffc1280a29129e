import base64
import io
import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from detection import wire
from detection.categories import ConcernRole
from detection.grading import Detection, Earlier
from detection.library import Category, Phrase
from detection.matcher import Match
from detection.observation import Channel, Direction, Observation, Subject
from images.annotate import MARK
from images.draw import Renderer, RendererError
from images.draw_requests import serve
from images.drawing import Drawing, Line, Picture
from tests.images.factories import NOON, URL, count, evidence, opened

TEXT = "Go away, nobody likes you at all."
PHRASE = Phrase(id="en.bullying.a", text="nobody likes you", category=Category.BULLYING, severity=3, gloss="Unwanted.")


def detection(channel: Channel = Channel.MESSAGE, direction: Direction = Direction.WRITTEN) -> Detection:
    seen = Observation(
        seen_at=NOON,
        reported_at=NOON,
        subject=Subject(address="10.1.0.7"),
        channel=channel,
        direction=direction,
        app="Forum",
        location=URL,
        author="Alex",
        text=TEXT,
    )
    earlier = Earlier(seen_at=NOON, channel=Channel.MESSAGE, direction=Direction.SHOWN, app="Forum", text="Hello?")
    return Detection(
        observation=seen,
        matches=(Match(phrase=PHRASE, start=9, end=25, written="nobody likes you"),),
        category=Category.BULLYING,
        severity=3,
        score=0.5,
        role=ConcernRole.AT_RISK,
        reasons=("It is.",),
        once="0" * 64,
        before=(earlier, replace(earlier, app="Other"), replace(earlier, channel=Channel.SEARCH)),
        library_version="l",
        engine_version="e",
        policy_version="p",
    )


def request(found: Detection, page: str = "", **changes: object) -> bytes:
    given = None
    if page:
        recorded = evidence((URL, "text/html", page.encode()))
        bodies = {name: base64.b64encode(body).decode() for name, body in recorded.bodies.items()}
        given = {"index": base64.b64encode(recorded.index).decode(), "bodies": bodies, "truncated": False}
    report = base64.b64encode(wire.dump(wire.Report(detection=found))).decode()
    return json.dumps({"report": report, "who": "Somebody", "evidence": given, "note": "", **changes}).encode()


class Remembers:
    def __init__(self) -> None:
        self.asked: list[Drawing] = []

    def draw(self, drawing: Drawing) -> Picture:
        self.asked.append(drawing)
        if drawing.note == "no browser":
            raise RendererError("there is no browser")
        return Picture(png=b"picture", note="as text")


def served(renderer: Any, *lines: bytes) -> list[dict[str, str]]:
    answers = io.BytesIO()
    serve(io.BytesIO(b"".join(line + b"\n" for line in lines)), answers, renderer)
    return [json.loads(line) for line in answers.getvalue().splitlines()]


def test_a_request_is_drawn_as_the_appliance_would() -> None:
    renderer = Remembers()
    (answer,) = served(renderer, request(detection(), "<p>page</p>", who="Kim Hill", note="Cut."))
    assert answer == {"png": base64.b64encode(b"picture").decode(), "note": "as text"}
    (asked,) = renderer.asked
    assert (asked.kind, asked.who, asked.note, asked.when) == ("message", "Kim Hill", "Cut.", NOON)
    assert (asked.needles, asked.ranges, asked.author) == (("nobody likes you",), ((9, 25),), "Alex")
    assert asked.before == (Line(when=NOON, direction="shown", author="", text="Hello?"),)
    assert asked.evidence is not None
    assert list(asked.evidence.bodies.values()) == [b"<p>page</p>"]


WRONG = (
    b"{",
    b"[]",
    b"{}",
    request(detection(), report="%%%"),
    request(detection(), report=base64.b64encode(b"{}").decode()),
    request(detection(), evidence={"index": "", "bodies": {"a": 3}, "truncated": False}),
    request(detection(), who=None),
)


@pytest.mark.parametrize("wrong", WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_read_is_an_answer_and_the_next_is_drawn(wrong: bytes) -> None:
    first, second = served(Remembers(), wrong, request(detection()))
    assert first == {"error": "what was to be drawn cannot be read"}
    assert "png" in second


def test_what_cannot_be_drawn_is_said() -> None:
    (answer,) = served(Remembers(), request(detection(), note="no browser"))
    assert answer == {"error": "there is no browser"}


def test_a_page_is_drawn_with_its_words_marked(renderer: Renderer) -> None:
    asked = request(detection(Channel.PAGE, Direction.SHOWN), "<p>nobody likes you</p>")
    (answer,) = served(renderer, asked)
    assert answer["note"] == ""
    assert count(opened(base64.b64decode(answer["png"])), MARK) > 500


def test_the_program_ends_with_its_input() -> None:
    run = "import sys; from images.draw_requests import main; sys.exit(main([]))"
    done = subprocess.run([sys.executable, "-c", run], input=b"{}\n", capture_output=True, check=False)
    assert (done.returncode, json.loads(done.stdout)) == (0, {"error": "what was to be drawn cannot be read"})
