import json
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from detection.grading import Detection
from proxy_addons.replay.drawing_program import PNG, DrawingProgram, NotDrawn
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, search

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def detection(replayed: Replayed) -> Detection:
    (found,) = replayed(Talk().hello().up(search()).down(answer()).bye().packets).detections
    return found


def answering(said: object) -> tuple[str, ...]:
    line = json.dumps(said) if not isinstance(said, str) else said
    return sys.executable, "-c", f"import sys\nfor line in sys.stdin: print({line!r}, flush=True)"


def test_the_answer_is_the_picture(detection: Detection) -> None:
    picture = PNG + b"rest"
    with DrawingProgram(answering({"png": b64encode(picture).decode(), "note": "As text."})) as program:
        for _ in range(2):
            drawn = program.draw(detection, "Somebody", None, "", 60)
            assert (drawn.png, drawn.note) == (picture, "As text.")


WRONG = (
    "",
    "{",
    "[]",
    "3",
    {"png": 3, "note": ""},
    {"png": "%%", "note": ""},
    {"png": "aGVsbG8=", "note": ""},
    {"png": ""},
)


@pytest.mark.parametrize("said", WRONG, ids=range(len(WRONG)))
def test_what_is_no_picture_is_not_taken_for_one(detection: Detection, said: object) -> None:
    with DrawingProgram(answering(said)) as program, pytest.raises(NotDrawn, match="gave no picture"):
        program.draw(detection, "Somebody", None, "", 60)


def test_what_could_not_be_drawn_is_said_and_the_next_is_tried(detection: Detection) -> None:
    with DrawingProgram(answering({"error": "no browser."})) as program:
        for _ in range(2):
            with pytest.raises(NotDrawn, match=r"^no browser$"):
                program.draw(detection, "Somebody", None, "", 60)


def test_a_program_that_ends_is_not_started_again(detection: Detection, tmp_path: Path) -> None:
    started = tmp_path / "started"
    script = f"import sys; open({str(started)!r}, 'a').write('x'); print('no\\nenvironment', file=sys.stderr)"
    with DrawingProgram((sys.executable, "-c", script)) as program:
        for _ in range(2):
            with pytest.raises(NotDrawn, match=r"^the program that draws has ended: environment$"):
                program.draw(detection, "Somebody", None, "", 60)
    assert started.read_text() == "x"


def test_a_program_that_is_not_there_is_said(detection: Detection) -> None:
    with DrawingProgram(("/nowhere/at/all",)) as program, pytest.raises(NotDrawn, match="cannot be started"):
        program.draw(detection, "Somebody", None, "", 60)


def test_a_program_that_hangs_is_ended(detection: Detection) -> None:
    hanging = (sys.executable, "-c", "import time; time.sleep(600)")
    with DrawingProgram(hanging) as program:
        for _ in range(2):
            with pytest.raises(NotDrawn, match="no more time"):
                program.draw(detection, "Somebody", None, "", 0.2)


@pytest.mark.skipif(not (PROJECT / ".venv").exists(), reason="needs the other environment")
def test_the_real_program_draws(detection: Detection) -> None:
    assert detection.observation.text == WORDS
    with DrawingProgram() as program:
        assert program.draw(detection, "Somebody", None, "Nothing was recorded.", 120).png.startswith(PNG)
