from pathlib import Path

import pytest

from agent.watchers.folders import Folder, folders

HOME = Path("/home/a.clarke")


def written(home: Path, text: str) -> Path:
    (home / ".config").mkdir(parents=True)
    (home / ".config" / "user-dirs.dirs").write_text(text)
    return home


def test_without_settings_the_names_are_folders_below_the_home(tmp_path: Path) -> None:
    assert folders(("Documents", "Downloads", "School/Essays"), tmp_path, {}) == (
        Folder(name="Documents", path=tmp_path / "Documents"),
        Folder(name="Downloads", path=tmp_path / "Downloads", downloads=True),
        Folder(name="School/Essays", path=tmp_path / "School" / "Essays"),
    )


def test_a_desktop_in_another_language_keeps_them_elsewhere(tmp_path: Path) -> None:
    home = written(
        tmp_path,
        '# made by xdg-user-dirs-update\nXDG_DESKTOP_DIR="$HOME/Schreibtisch"\nXDG_DOWNLOAD_DIR="/srv/fetched"\n'
        'XDG_DOCUMENTS_DIR="$HOME/Meine \\"Texte\\""\n',
    )
    found = folders(("Documents", "Desktop", "Downloads"), home, {})
    assert [each.path for each in found] == [home / 'Meine "Texte"', home / "Schreibtisch", Path("/srv/fetched")]
    assert [each.downloads for each in found] == [False, False, True]


def test_settings_may_lie_elsewhere_too(tmp_path: Path) -> None:
    (tmp_path / "user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="$HOME/Papers"\n')
    (found,) = folders(("documents",), HOME, {"XDG_CONFIG_HOME": str(tmp_path)})
    assert found.path == HOME / "Papers"


def test_a_folder_that_is_switched_off_does_not_make_the_whole_home_watched(tmp_path: Path) -> None:
    home = written(tmp_path, 'XDG_DESKTOP_DIR="$HOME/"\nXDG_DOCUMENTS_DIR="/"\n')
    assert [each.path for each in folders(("Desktop", "Documents"), home, {})] == [home / "Desktop", home / "Documents"]


@pytest.mark.parametrize("name", ["", ".", "..", "../other", "a/../../b", "/etc", "~/x", "C:\\Users", "\\\\server\\x"])
def test_a_name_that_leads_out_of_the_home_is_none(name: str) -> None:
    assert folders((name,), HOME, {}) == ()


def test_one_folder_with_two_names_is_watched_once(tmp_path: Path) -> None:
    home = written(tmp_path, 'XDG_DOCUMENTS_DIR="$HOME/Desktop"\n')
    assert len(folders(("Desktop", "Documents"), home, {})) == 1


@pytest.mark.parametrize(
    "text", ["XDG_DESKTOP_DIR=Desktop", 'XDG_DESKTOP_DIR="Desktop"', 'XDG_DESKTOP_DIR="$HOMEx"', "\0"]
)
def test_a_line_that_says_nothing_is_passed_over(tmp_path: Path, text: str) -> None:
    home = written(tmp_path, text)
    assert folders(("Desktop",), home, {})[0].path == home / "Desktop"
