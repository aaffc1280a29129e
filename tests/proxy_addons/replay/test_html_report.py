import asyncio
import json
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from proxy_addons.replay.drawing_program import PNG
from proxy_addons.replay.exhibits import Exhibitor, Exhibits
from proxy_addons.replay.html_report import HtmlReport
from proxy_addons.replay.replay import replay
from proxy_addons.replay.spectator import Onlooker
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get, library, search, write

PROJECT = Path(__file__).parents[3]
PICTURE = json.dumps({"png": b64encode(PNG + b"x" * 90).decode(), "note": ""})
DRAWS = (sys.executable, "-c", f"import sys\nfor line in sys.stdin: print({PICTURE!r}, flush=True)")


def replayed(report: HtmlReport, folder: Path) -> None:
    """A search and a page are found."""
    talk = Talk().hello().up(search()).down(answer())
    talk.up(get("/page", "diary.test")).down(answer(b"<p>they say " + WORDS.encode() + b" at all</p>"))
    file = write(folder / "talk.pcap", talk.bye().packets)
    exhibits = Exhibits(report.most)
    spectator = Exhibitor(Onlooker(library()), exhibits)
    outcome = asyncio.run(replay(file, "0" * 64, spectator))
    spectator.finish()
    report.add(outcome, "0" * 64, exhibits.by_observation())


@pytest.mark.parametrize(
    ("given", "drawn", "said"),
    [
        ({"most": 50}, 2, ""),
        ({"most": 1}, 1, "it is not among the gravest"),
        ({"most": 0}, 0, "it is not among the gravest"),
        ({"most": 50, "seconds": 0.0}, 0, "there was no more time for drawing"),
        ({"most": 50, "most_bytes": 150}, 1, "the pictures before it fill the report"),
        ({"most": 50, "program": ("/nowhere",)}, 0, "the program that draws cannot be started"),
    ],
)
def test_so_many_are_drawn_as_were_asked_for_and_there_is_room_and_time(
    tmp_path: Path, given: dict[str, object], drawn: int, said: str
) -> None:
    values: dict[str, object] = {"program": DRAWS, **given}
    report = HtmlReport(tmp_path / "report.html", **values)  # type: ignore[arg-type]
    replayed(report, tmp_path)
    report.write("v1")
    text = (tmp_path / "report.html").read_text("utf-8")
    assert text.count("data:image/png;base64,") == drawn
    assert text.count("There is no picture") == 2 - drawn
    assert said in text


def test_where_it_cannot_be_written_is_said_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="report"):
        HtmlReport(tmp_path / "nowhere" / "report.html", 1)


def test_what_could_not_be_read_stands_in_the_report(tmp_path: Path) -> None:
    report = HtmlReport(tmp_path / "report.html", 1, program=DRAWS)
    report.mistake("other.pcap: is empty")
    report.write("v1")
    assert "Not read: other.pcap: is empty" in (tmp_path / "report.html").read_text("utf-8")


@pytest.mark.skipif(not (PROJECT / ".venv").exists(), reason="needs the other environment")
def test_a_page_is_drawn_from_what_was_recorded(tmp_path: Path) -> None:
    report = HtmlReport(tmp_path / "report.html", 50)
    replayed(report, tmp_path)
    report.write("v1")
    text = (tmp_path / "report.html").read_text("utf-8")
    assert text.count("data:image/png;base64,") == 2
    assert "<figcaption" not in text  # the page itself, not its text in its place
