from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detection.detector import Detector
from detection.inspection import observe
from detection.library import Category, load
from detection.library_command import main
from detection.library_commands.check import check

SENSO = """\
Phrase;Context;Action;Severity;Screenshot;Match;Type
nobody likes you;KEYWORD;Alert;High;Yes;ALONE;Bullying
Nobody likes you;CAPTION;Alert;Low;No;ALONE;Bullying
bridge;KEYWORD;Alert;Urgent;Yes;SAMETYPE;Distress
no way out;KEYWORD;Alert;Medium;Yes;ALONE;Distress
Essex;KEYWORD;Whitelist;Low;No;ALONE;Bullying
"""
WEIGHTED = """\
#listcategory: "Gambling"
< free spins ><60>
< bet >,< poker ><40>
"""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "library"


def imported(out: Path, format_: str, text: str, *options: str) -> int:
    file = out.parent / "list"
    file.write_text(text, "utf-8")
    return main(["import", str(file), "--format", format_, "--out", str(out), *options])


def finds(out: Path, text: str) -> bool:
    return Detector(load(out)).detect(observe(text)) is not None


def test_a_list_of_senso_becomes_a_library_that_proves_itself(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(out, "senso", SENSO) == 1
    assert [str(failure) for failure in check(load(out))] == []
    said = capsys.readouterr()
    assert said.err == f"{out.parent / 'list'}, line 6: its action is whitelist; left out\n"
    assert said.out.splitlines() == [
        "       5  rows read",
        "       3  phrases written",
        "       1    en/bullying",
        "       2    en/distress",
        "       1  Joined with an earlier one that is looked for alike",
        "       1  left out",
        "       1    its action is whitelist",
        f"Written to {out}; prove it with: gatehouse library check {out}",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nobody likes you", True),
        ("i stood on the bridge", False),
        ("i stood on the bridge and saw no way out", True),
    ],
)
def test_what_counts_only_in_company_is_found_only_there(out: Path, text: str, found: bool) -> None:
    imported(out, "senso", SENSO)
    assert finds(out, text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("free spins for you", False),
        ("bet on poker", False),
        ("free spins, and a bet on poker", True),
    ],
)
def test_weights_add_up_as_they_did(out: Path, text: str, found: bool) -> None:
    assert imported(out, "e2guardian", WEIGHTED) == 0
    assert finds(out, text) is found


def test_a_plain_list_takes_what_the_command_says(out: Path) -> None:
    options = ("--category", "drugs", "--severity", "4", "--language", "pt-BR")
    assert imported(out, "plain", "# ours\numa frase\n", *options) == 0
    (phrase,) = load(out).phrases
    assert (phrase.id, phrase.severity) == ("pt-BR.drugs.uma-frase", 4)


@pytest.mark.parametrize("text", ["", "# nothing but this\n", "hi\n"])
def test_a_list_with_nothing_in_it_writes_nothing_and_says_so(
    out: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(out, "plain", text, "--category", "drugs") == 2
    assert not out.exists()
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "Nothing was written: there is no phrase in it that could be taken over."


def test_a_plain_list_without_a_category_is_one_mistake_and_not_one_a_line(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(out, "plain", "first one\nanother\n") == 2
    said = "gatehouse library: a plain list says of no phrase what it is about; name a category with --category\n"
    assert capsys.readouterr().err == said


def test_rows_left_out_are_named_in_the_order_of_the_file(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(out, "e2guardian", "< hi ><40>\nno phrase\n< muslim ><40>\n< bet ><-4>\n< bet ><40>\n",
                    "--category", "gambling") == 1  # fmt: skip
    lines = [line.split(", ")[1].partition(":")[0] for line in capsys.readouterr().err.splitlines()]
    assert lines == ["line 1", "line 2", "line 3", "line 4"]


def test_categories_there_are_are_named_to_whoever_names_another(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        imported(out, "plain", "go away\n", "--category", "bully")
    assert "“bully” is none; known are abuse, bullying, " in capsys.readouterr().err


def test_a_file_that_is_there_is_written_over_only_by_force(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    category = ("--category", "drugs")
    imported(out, "plain", "first one\n", *category)
    capsys.readouterr()
    assert imported(out, "plain", "another\n", *category) == 2
    refusal = "is there already; take another folder, or --force to write over it"
    assert capsys.readouterr().err == f"gatehouse library: {out / 'en/drugs.toml'}: {refusal}\n"
    assert [phrase.text for phrase in load(out).phrases] == ["first one"]
    assert imported(out, "plain", "another\n", *category, "--force") == 0
    assert [phrase.text for phrase in load(out).phrases] == ["another"]


@pytest.mark.parametrize(
    "options", [("--category", "rudeness"), ("--severity", "6"), ("--language", "English"), ("--format", "excel")]
)
def test_an_option_that_means_nothing_is_refused(out: Path, options: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as end:
        imported(out, "plain", "go away\n", *options)
    assert end.value.code == 2


@pytest.mark.parametrize("format_", ["plain", "e2guardian", "senso"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(words=st.lists(st.text(st.characters(exclude_categories=("Cs",))), min_size=1, max_size=8))
def test_whatever_a_list_holds_what_is_written_can_be_loaded(tmp_path: Path, format_: str, words: list[str]) -> None:
    shape = {"plain": "{}", "e2guardian": "<{}>,< x{} ><40>", "senso": "{},SAMETYPE"}[format_]
    text = "\n".join(["phrase,match", *(shape.replace("{}", each) for each in words)])
    out = tmp_path / "library"
    if imported(out, format_, text, "--category", str(Category.DRUGS), "--force") < 2:
        assert load(out).phrases
