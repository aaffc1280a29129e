from pathlib import Path

import pytest

from detection.complaint import complain, in_words


def test_a_mistake_of_the_systems_is_told_by_what_it_happened_to(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as caught:
        (tmp_path / "none").read_text()
    assert in_words(caught.value) == f"{tmp_path / 'none'}: No such file or directory"


@pytest.mark.parametrize("error", [ValueError("too short"), OSError("too short"), OSError("too short", None)])
def test_any_other_has_its_own_words(error: Exception) -> None:
    assert in_words(error).count("too short") == 1


def test_a_complaint_names_the_command_and_is_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert complain("gatehouse why", "ask for a host") == complain("gatehouse why", ValueError("no host")) == 2
    assert capsys.readouterr() == ("", "gatehouse why: ask for a host\ngatehouse why: no host\n")
