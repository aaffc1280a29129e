import json
from pathlib import Path

import pytest

from detection.library_command import main
from tests.detection.libraries import GOOD, write


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    """Two libraries: in the second one phrase is graver and there is one more."""
    more = GOOD.replace("nobody", "everybody").replace("nobody-likes-you", "everybody-likes-you")
    old = write(tmp_path / "old")
    new = write(tmp_path / "new", GOOD.replace("severity = 3", "severity = 4") + more)
    return str(old), str(new)


def test_the_same_library_is_no_change(folders: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", folders[0], folders[0]]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Nothing changed."


def test_changes_are_listed_by_language_and_category_and_counted(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *folders]) == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "en/bullying",
        "  added [everybody-likes-you] “everybody likes you”, severity 3",
        "  re-graded [nobody-likes-you] 3 → 4",
        "1 added, 1 re-graded.",
    ]


def test_the_same_as_json(folders: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--json", *folders]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["old"] != answer["new"]
    assert answer["changes"][1] == {
        "kind": "re-graded",
        "language": "en",
        "category": "bullying",
        "id": "en.bullying.nobody-likes-you",
        "severity": 4,
        "field": "severity",
        "before": 3,
        "after": 4,
    }
