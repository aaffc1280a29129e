from pathlib import Path

import pytest

from proxy_addons.replay.arguments import Arguments, arguments

COMMANDS = Path(__file__).parents[3] / "docs" / "commands.md"


def test_a_file_alone_is_read_and_told_as_a_table() -> None:
    assert arguments(["some.pcap"]) == Arguments(
        files=[Path("some.pcap")],
        keylog=[],
        library=None,
        jobs=1,
        json=False,
        coverage=False,
        html=None,
        pictures=50,
        expect=None,
        write_expect=None,
        deliver=None,
    )


def test_key_logs_may_be_given_several_times() -> None:
    assert arguments(["--keylog", "one", "some.pcap", "--keylog", "two"]).keylog == [Path("one"), Path("two")]


@pytest.mark.parametrize("wrong", [
    [], ["f", "--pictures", "-1"], ["f", "--pictures", "many"], ["f", "--nothing"],
    ["f", "--jobs", "0"], ["f", "--jobs", "two"], ["f", "--jobs", "2", "--deliver", "settings.toml"],
])  # fmt: skip
def test_what_cannot_be_asked_for_ends_the_program(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        arguments(wrong)
    assert ended.value.code == 2
    assert "gatehouse replay: error:" in capsys.readouterr().err


def test_every_option_is_told_in_the_documentation(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(["--help"])
    words = capsys.readouterr().out.replace("[", " ").replace("]", " ").split()
    options = {word for word in words if word.startswith("--")} - {"--help"}
    told = COMMANDS.read_text("utf-8").partition("### gatehouse replay")[2].partition("\n### ")[0]
    assert len(options) == 10
    assert not [option for option in options if f"`{option}" not in told]
