import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from detection.sealing import new_key
from proxy_addons.replay.command import main
from tests.detection import libraries
from tests.proxy_addons.appliance_double import appliance
from tests.proxy_addons.replay.delivering import sensor_settings
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get, search, write
from tests.proxy_addons.replay.flows import dump, entry, flow, har
from tests.proxy_addons.replay.tls_talk import TlsTalk

DOCUMENTATION = Path(__file__).parents[3] / "docs" / "replay.md"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "talk.pcap", Talk().hello().up(search()).down(answer()).bye().packets)


@pytest.fixture
def phrases(tmp_path: Path) -> str:
    return str(libraries.write(tmp_path / "phrases"))


def test_a_file_is_read_and_what_is_found_is_a_table(file: Path, phrases: str, capsys: Capture) -> None:
    assert main([str(file), "--library", phrases]) == 0
    said = capsys.readouterr()
    headings, found, summary = said.out.splitlines()
    assert headings.startswith("when")
    assert WORDS in found
    assert summary.startswith(f"{file}: detections 1. Read: packets 10, connections 1")
    assert said.err == ""


def test_several_files_are_an_object_each(file: Path, phrases: str, capsys: Capture) -> None:
    assert main([str(file), str(file), "--json", "--library", phrases]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first == second
    assert [d["text"] for d in first["detections"]] == [WORDS]


@pytest.mark.parametrize("form", ["pcap", "pcapng", "gz", "nano"])
def test_every_form_of_capture_says_the_same(tmp_path: Path, phrases: str, capsys: Capture, form: str) -> None:
    file = write(tmp_path / "talk", Talk().hello().up(search()).down(answer()).bye().packets, form=form)
    assert main([str(file), "--json", "--library", phrases]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [(d["text"], d["seen_at"]) for d in said["detections"]] == [(WORDS, "2026-03-03T12:00:00.030000+00:00")]


def unreadable(folder: Path) -> list[Path]:
    (folder / "empty.pcap").touch()
    (folder / "foreign.pcap").write_bytes(b"%PDF-1.7\n" + bytes(200))
    (folder / "short.pcap").write_bytes(bytes.fromhex("d4c3b2a1"))
    (folder / "short.pcapng").write_bytes(bytes.fromhex("0a0d0d0a") + bytes(3))
    (folder / "damaged.pcap.gz").write_bytes(b"\x1f\x8b\x08\x00 not gzip at all")
    names = ("missing.pcap", "empty.pcap", "foreign.pcap", "short.pcap", "short.pcapng", "damaged.pcap.gz")
    (folder / "none").mkdir()
    return [folder / name for name in (*names, "none")]


@pytest.mark.parametrize("which", range(7))
def test_what_cannot_be_read_is_one_line_and_status_2(tmp_path: Path, capsys: Capture, which: int) -> None:
    bad = unreadable(tmp_path)[which]
    for more in ([], ["--json"]):
        assert main([str(bad), *more]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith(f"gatehouse replay: {bad}: ")
        assert said.err.count("\n") == 1


def test_one_bad_file_does_not_keep_the_others_from_being_read(
    tmp_path: Path, file: Path, phrases: str, capsys: Capture
) -> None:
    assert main([str(tmp_path / "missing.pcap"), str(file), "--library", phrases]) == 2
    assert WORDS in capsys.readouterr().out


def test_a_file_that_is_cut_off_is_read_that_far_and_is_an_error(file: Path, phrases: str, capsys: Capture) -> None:
    file.write_bytes(file.read_bytes()[:-5])
    assert main([str(file), "--json", "--library", phrases]) == 2
    said = capsys.readouterr()
    assert [d["text"] for d in json.loads(said.out)["detections"]] == [WORDS]
    assert said.err == f"gatehouse replay: {file}: cut off in the middle of a packet; what comes before was read\n"


def test_what_was_read_and_what_not_is_a_table_or_part_of_the_json(file: Path, phrases: str, capsys: Capture) -> None:
    assert main([str(file), "--library", phrases, "--coverage"]) == 0
    said = capsys.readouterr().out
    assert "\nprotocol  messages" in said
    assert "\napp  " in said
    assert main([str(file), "--library", phrases, "--coverage", "--json"]) == 0
    assert list(json.loads(capsys.readouterr().out))[-1] == "coverage"


def test_a_folder_is_read_and_what_is_no_capture_is_counted(file: Path, phrases: str, capsys: Capture) -> None:
    (file.parent / "notes.txt").write_text("no capture")
    assert main([str(file.parent), "--library", phrases]) == 0
    said = capsys.readouterr()
    assert f"{file}: detections 1." in said.out
    # Beside it the notes and the library's file.
    assert said.err == f"gatehouse replay: {file.parent}: passed over 2 files that are no captures\n"


def test_what_is_expected_is_held_against_what_is_found(file: Path, phrases: str, capsys: Capture) -> None:
    expected = file.parent / "expected.yaml"
    met = {"none: true": False, "must: [{text: nobody likes you}]": True, "must-not: [{at-least: 4}]": True}
    for line, is_met in met.items():
        expected.write_text(f"captures:\n  talk.pcap:\n    {line}\n")
        assert main([str(file), "--library", phrases, "--json", "--expect", str(expected)]) == (0 if is_met else 1)
        said = capsys.readouterr()
        assert json.loads(said.out)["detections"]
        assert ("all met" in said.err) is is_met
        assert WORDS not in said.err


def test_the_example_in_the_documentation_is_met_as_it_stands(tmp_path: Path, phrases: str, capsys: Capture) -> None:
    example = re.search(r"^```yaml\n(.*?)^```$", DOCUMENTATION.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert example
    (tmp_path / "expected.yaml").write_text(example[1], "utf-8")
    write(tmp_path / "search.pcap", Talk().hello().up(search("Nobody likes YOU")).down(answer()).bye().packets)
    shown = Talk().hello().up(get("/page", "diary.test")).down(answer(b"<p>They say nobody likes you at all.</p>"))
    (tmp_path / "monday").mkdir()
    write(tmp_path / "monday" / "page.pcap", shown.bye().packets)
    write(tmp_path / "quiet.pcap", Talk().hello().up(get()).down(answer()).bye().packets)
    assert main([str(tmp_path), "--library", phrases, "--expect", str(tmp_path / "expected.yaml")]) == 0
    assert "3 captures held against expectations: all met" in capsys.readouterr().err


def test_a_mistake_in_what_is_expected_is_said_before_anything_is_read(file: Path, capsys: Capture) -> None:
    expected = file.parent / "expected.yaml"
    expected.write_text("captures:\n  talk.pcap:\n    most: []\n")
    assert main([str(file), "--expect", str(expected)]) == 2
    known = "known are must, must-not, total, none"
    said = f"gatehouse replay: {expected}: line 3: talk.pcap: there is no key “most”; {known}\n"
    assert capsys.readouterr() == ("", said)


def test_what_was_found_can_be_written_down_and_expected_ever_after(file: Path, phrases: str, capsys: Capture) -> None:
    expected = file.parent / "expected.yaml"
    assert main([str(file), "--library", phrases, "--write-expect", str(expected)]) == 0
    assert main([str(file), "--library", phrases, "--expect", str(expected)]) == 0
    assert main([str(file), "--library", phrases, "--write-expect", str(file / "none")]) == 2
    assert f"gatehouse replay: {file / 'none'}: Not a directory\n" in capsys.readouterr().err


def test_a_report_is_a_page_by_itself_with_so_many_pictures_as_are_asked_for(
    file: Path, phrases: str, capsys: Capture
) -> None:
    report = file.parent / "report.html"
    asked = [str(file), str(file.parent / "missing.pcap"), "--html", str(report), "--library", phrases]
    assert main([*asked, "--pictures", "0"]) == 2
    text = report.read_text("utf-8")
    assert f"<mark>{WORDS}</mark>" in text
    assert "missing.pcap: there is no such file" in text
    assert "data:image" not in text
    with pytest.raises(SystemExit, match="2"):
        main([*asked, "--pictures", "-1"])
    assert "should be a number from 0" in capsys.readouterr().err
    assert main([str(file), "--html", str(file / "report.html")]) == 2
    assert capsys.readouterr().err == f"gatehouse replay: {file / 'report.html'}: Not a directory\n"


def test_a_mistake_in_what_was_asked_for_is_one_line(file: Path, tmp_path: Path, capsys: Capture) -> None:
    for wrong in (["--library", str(tmp_path / "nowhere")], ["--deliver", str(tmp_path / "nowhere.toml")]):
        assert main([str(file), *wrong]) == 2
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1)
        assert "nowhere" in said.err


def test_key_logs_open_what_is_in_tls_and_their_bad_lines_are_told_by_number_alone(
    tmp_path: Path, phrases: str, capsys: Capture
) -> None:
    tls = TlsTalk().hello().up(search()).down(answer()).bye()
    file = write(tmp_path / "tls.pcap", tls.packets)
    half = len(tls.lines) // 2
    (tmp_path / "one").write_bytes(b"\n".join(tls.lines[:half]))
    (tmp_path / "two").write_bytes(b"\n".join([*tls.lines[half:], b"deadbeef", *[b"bad"] * 7]))
    keys = ["--keylog", str(tmp_path / "one"), "--keylog", str(tmp_path / "two")]
    assert main([str(file), "--json", "--library", phrases, *keys]) == 0
    said = capsys.readouterr()
    assert [d["text"] for d in json.loads(said.out)["detections"]] == [WORDS]
    *lines, rest = said.err.splitlines()
    number = len(tls.lines) - half + 1
    assert lines[0] == f"gatehouse replay: {tmp_path}/two: line {number} is not of a key log, and is skipped"
    assert (len(lines), rest) == (5, f"gatehouse replay: {tmp_path}/two: 3 more lines are not of a key log")


def test_a_key_log_that_is_not_there_is_one_line(file: Path, capsys: Capture, tmp_path: Path) -> None:
    for wrong in (tmp_path / "nowhere", tmp_path):
        assert main([str(file), "--keylog", str(wrong)]) == 2
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1)
        assert str(wrong) in said.err


def test_what_is_found_is_delivered(file: Path, phrases: str, tmp_path: Path, capsys: Capture) -> None:
    new_key(tmp_path / "private.key", tmp_path / "public.key")
    with appliance(tmp_path / "private.key") as double:
        given = sensor_settings(tmp_path, double.url)
        assert main([str(file), "--library", phrases, "--deliver", str(given)]) == 0
        assert [report.detection.observation.text for report in double.reports] == [WORDS]
    assert capsys.readouterr().err == ""
    assert main([str(file), "--library", phrases, "--deliver", str(given)]) == 2
    assert capsys.readouterr() == (
        "",
        f"gatehouse replay: {double.url}: the appliance does not say who is who: unreachable\n",
    )


def test_the_words_of_a_capture_can_be_printed_whatever_the_terminal(file: Path, phrases: str) -> None:
    said = "nobody likes you \N{WHITE SMILING FACE} \N{CYRILLIC SMALL LETTER A}"
    packets = Talk().hello().up(search(said).decode().encode("utf-8")).down(answer()).bye().packets
    write(file, packets)
    run = "import sys; from proxy_addons.replay.command import main; sys.exit(main(sys.argv[1:]))"
    for form in ([], ["--json"]):
        done = subprocess.run(
            [sys.executable, "-c", run, str(file), "--library", phrases, *form],
            capture_output=True,
            env={"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"},
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"nobody likes you" in done.stdout


def test_where_nobody_reads_what_it_says_it_ends_without_a_word(file: Path, phrases: str) -> None:
    program = "import sys; from proxy_addons.replay.command import main; raise SystemExit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, str(file), "--library", phrases]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout
    assert running.stderr
    running.stdout.close()
    with running.stderr:
        assert running.stderr.read() == b""
    assert running.wait() == 141


def test_a_broken_dump_of_flows_is_read_as_far_as_it_goes_and_is_an_error(
    tmp_path: Path, phrases: str, capsys: Capture
) -> None:
    file = dump(tmp_path / "flows", [flow(), flow()])
    file.write_bytes(file.read_bytes()[:-5])
    assert main([str(file), "--json", "--coverage", "--library", phrases]) == 2
    said = capsys.readouterr()
    assert [d["text"] for d in json.loads(said.out)["detections"]] == [WORDS]
    assert said.err.startswith(f"gatehouse replay: {file}: flow 2, at byte ")
    assert said.err.endswith("is cut off or damaged; the rest was read as far as it can be\n")


def test_a_folder_of_flows_packed_or_not_is_held_against_expectations_and_reported(
    tmp_path: Path, phrases: str, capsys: Capture
) -> None:
    (folder := tmp_path / "folder").mkdir()
    dump(folder / "dump", [flow()])
    (folder / "har").write_bytes(gzip.compress(har(tmp_path / "plain", entry()).read_bytes()))
    expected, page = tmp_path / "expected.yaml", tmp_path / "page.html"
    given = [str(folder), "--library", phrases]
    assert main([*given, "--write-expect", str(expected), "--html", str(page), "--pictures", "0"]) == 0
    assert capsys.readouterr().out.count(WORDS) == 2
    assert WORDS in page.read_text("utf-8")
    assert main([*given, "--expect", str(expected)]) == 0
