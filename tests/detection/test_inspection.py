import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from detection.detector import Detector
from detection.inspection import KINDS, explain, inspect_lines, main, observe
from detection.library import Category
from detection.stated_opinion import Effect
from tests.detection.factories import detection, match, phrase, stated_opinion
from tests.detection.libraries import library, write

TEXT = "nobody likes you"


def answers(*rows: object, code: int = 0) -> list[dict[str, object]]:
    out = StringIO()
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    assert inspect_lines(Detector(library()), lines, out) == code
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_rows_are_answered_in_order_each_on_its_own() -> None:
    first, second, third = answers(
        {"id": "a", "text": TEXT, "label": "ignored"},
        {"id": 2, "text": "hello", "kind": None},
        {"id": "a", "text": TEXT},
    )
    assert first == third
    assert first["id"] == "a"
    assert (first["severity"], first["category"]) == (3, "bullying")
    assert first["reasons"]
    assert second == {
        "id": 2,
        "severity": 0,
        "category": None,
        "score": 0.0,
        "reasons": [],
        "marks": [],
        "opinion": None,
    }


def test_who_asks_for_help_is_said_to() -> None:
    (answer,) = answers({"id": "a", "text": f"childline {TEXT}", "kind": "query"})
    assert answer["marks"] == ["help-seeking"]
    said = explain(Detector(library()).detect(observe(f"childline {TEXT}", "query")))
    assert "Marked as help-seeking." in said.splitlines()
    assert "help-seeking" not in explain(Detector(library()).detect(observe(TEXT, "query")))


@pytest.mark.parametrize(
    ("kind", "severity"),
    [("prompt", 3), ("query", 3), ("post", 3), ("chat", 3), ("passage", 1), ("url", 2)],
)
def test_the_kind_says_how_the_text_was_seen(kind: str, severity: int) -> None:
    (answer,) = answers({"id": "a", "text": TEXT, "kind": kind})
    assert answer["severity"] == severity
    assert kind in KINDS


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"{", "not JSON"),
        (b"\xff", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"3", "must be an object"),
        (b'{"text": "x"}', "id: must be a text or a number"),
        (b'{"id": true, "text": "x"}', "id: must be a text or a number"),
        (b'{"id": "a"}', "text: must be a text"),
        (b'{"id": "a", "text": null}', "text: must be a text"),
        (b'{"id": "a", "text": "x", "kind": "poem"}', "kind: known are post"),
        (b'{"id": "a", "text": "x", "kind": 3}', "kind: known are post"),
        (b'{"id": "a", "text": "x", "lang": 3}', "lang: must be a text"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(line: bytes, error: str) -> None:
    good, bad, _, after = answers({"id": "a", "text": TEXT}, line, b"3", {"id": "b", "text": TEXT}, code=1)
    assert good["severity"] == after["severity"] == 3
    assert bad["line"] == 2
    assert error in str(bad["error"])


def test_an_empty_line_is_passed_over() -> None:
    assert len(answers(b"\n", {"id": "a", "text": TEXT})) == 1


def test_a_person_is_told_what_was_found_and_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([TEXT, "--library", str(write(tmp_path))]) == 0
    out = capsys.readouterr().out
    for part in (TEXT, "Severity 3 of 5 (medium), bullying", "shut out", "may be harming", "characters 0 to 16"):
        assert part in out


def test_phrases_and_second_opinion_are_told_apart() -> None:
    both = detection(
        matches=(match(), match(phrase=phrase(id="model.self-harm"), written="go away")),
        opinion=stated_opinion(category=Category.SELF_HARM, effect=Effect.RAISED, passage="so\n sad"),
    )
    phrases, second = explain(both).split("Phrases found:")[1].split("Second opinion (m1):")
    assert "en.bullying.nobody-likes-you" in phrases
    assert "go away" not in phrases
    assert "reads it as self harm, 97\u00a0% of concern. What weighed most: “so sad”." in second
    assert "Here a phrase leads." in second


def test_without_any_phrase_it_says_so_and_a_harmless_reading_is_one() -> None:
    alone = detection(matches=(), opinion=stated_opinion(effect=Effect.RAISED))
    assert "  - none" in explain(alone)
    assert "only the second opinion raised it" in explain(alone)
    calm = explain(detection(opinion=stated_opinion(probability=0.02, effect=Effect.LOWERED)))
    assert "reads it as harmless, 2\u00a0% of concern." in calm
    assert "Second opinion" not in explain(detection())


def test_a_person_is_told_that_nothing_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["see", "you", "--library", str(write(tmp_path))]) == 0
    assert capsys.readouterr().out == "Nothing in the library matches this text.\n"


def test_an_unusable_library_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([TEXT, "--library", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["x", "--jsonl"], ["x", "--kind", "poem"]])
def test_a_wrong_call_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2


def test_each_answer_leaves_before_the_next_row_is_read(tmp_path: Path) -> None:
    with piped(write(tmp_path)) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        for number in range(2):
            program.stdin.write(json.dumps({"id": number, "text": TEXT}).encode() + b"\n")
            program.stdin.flush()
            assert json.loads(program.stdout.readline())["id"] == number
        program.stdin.close()
        assert program.wait() == 0


def test_a_reader_who_leaves_early_is_not_complained_about(tmp_path: Path) -> None:
    with piped(write(tmp_path)) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        row = json.dumps({"id": "a", "text": TEXT}).encode() + b"\n"
        program.stdin.write(row)
        program.stdin.close()
        assert program.stderr.read() == b""
        assert program.wait() == 0


def piped(folder: Path) -> "subprocess.Popen[bytes]":
    code = "import sys; from detection.inspection import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "--jsonl", "--library", str(folder)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=Path(__file__).parents[2])
