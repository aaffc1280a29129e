import os
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from agent.watchers.pictures import MISSING, Pictures, is_picture, languages, tesseract
from detection.documents.contents import Contents, Shortfall
from tests.agent.watchers.drawing import picture_of
from tests.agent.watchers.programs import needs_tesseract
from tests.detection.scripted_appliance import eventually


def program(text: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-c", text)


@needs_tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_words_in_any_usual_kind_of_picture_are_read(kind: str) -> None:
    body = picture_of("the river is cold in winter", kind=kind)
    assert is_picture(body[:1024])
    assert "the river is cold in winter" in Pictures().read(body).text


@pytest.mark.parametrize("body", [b"", b"BMW is a car", b"%PDF-1.4", b"RIFF....WAVE", "Größe".encode()])
def test_what_begins_otherwise_is_no_picture(body: bytes) -> None:
    assert not is_picture(body)


@needs_tesseract
def test_where_tesseract_is_missing_it_is_said_and_nothing_is_tried() -> None:
    pictures = Pictures(find=str)
    assert pictures.missing() == MISSING
    assert pictures.read(picture_of("rivers")) == Contents(shortfall=Shortfall.UNKNOWN)
    assert Pictures().missing() == tesseract(["/gone/tesseract"]) == ""
    assert tesseract() == "/usr/bin/tesseract"


@needs_tesseract
def test_a_picture_that_takes_too_long_is_given_up_with_all_that_was_started_for_it(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    text = (
        f"import subprocess, time; p = subprocess.Popen(['sleep', '600']); open({str(noted)!r}, 'w').write(str(p.pid))"
    )
    started = time.monotonic()
    pictures = Pictures(command=program(f"{text}; time.sleep(600)"), seconds=1.5)
    assert pictures.read(b"x") == Contents(shortfall=Shortfall.TIMEOUT)
    assert time.monotonic() - started < 10
    eventually(lambda: is_over(int(noted.read_text())))


def is_over(pid: int) -> bool:
    with suppress(ProcessLookupError, FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    return True


@needs_tesseract
@pytest.mark.parametrize(
    "text", ["import sys; sys.exit(9)", "import os; os.kill(os.getpid(), 9)", "import os; os.close(1); os.close(0)"]
)
def test_a_process_that_ends_badly_costs_its_picture_and_no_more(text: str) -> None:
    contents = Pictures(command=program(text)).read(picture_of("rivers"))
    assert contents.text == ""
    assert contents.shortfall in (Shortfall.CRASHED, None)


@needs_tesseract
def test_a_process_that_never_stops_talking_is_ended() -> None:
    contents = Pictures(command=program("import os\nwhile True: os.write(1, b'a' * 65536)"), seconds=30).read(b"x")
    assert contents == Contents(shortfall=Shortfall.CRASHED)


def test_closing_ends_what_is_being_read() -> None:
    pictures = Pictures()
    pictures.close()
    assert pictures.read(picture_of("rivers")).text == ""


def test_the_languages_are_those_that_are_installed_english_first(tmp_path: Path) -> None:
    listed = tmp_path / "tesseract"
    listed.write_text("#!/bin/sh\necho 'List of available languages (5):'\nprintf 'ara\\neng\\nosd\\nfra\\npol\\n'\n")
    listed.chmod(0o755)
    assert languages(str(listed)) == "eng+ara+fra"
    assert languages(str(tmp_path / "gone")) == "eng"


def test_nothing_of_a_picture_is_left_on_the_disk() -> None:
    before = set(os.listdir("/tmp"))
    Pictures().read(picture_of("rivers"))
    assert not [name for name in set(os.listdir("/tmp")) - before if "tess" in name.lower()]
