from pathlib import PurePath

import pytest

from agent.watchers.passing_names import is_passing


@pytest.mark.parametrize(
    "name",
    [
        ".~lock.essay.odt#", "~$essay.docx", "lu84210k3x2f.tmp", "essay.odt~", "#essay.txt#", ".essay.txt.swp",
        ".goutputstream-5X2KQ2", "report.pdf.crdownload", "report.pdf.part", "Unconfirmed 123.crdownload",
        ".com.google.Chrome.aB3dE", "essay.kate-swp", ".hidden/essay.txt", "site/node_modules/x/readme.md",
        "project/.git/COMMIT_EDITMSG", "REPORT.TMP",
    ],
)  # fmt: skip
def test_what_no_person_saved_is_passed_over(name: str) -> None:
    assert is_passing(PurePath(name))


@pytest.mark.parametrize(
    "name",
    ["essay.odt", "Year 8/my essay (2).docx", "lucky.txt", "luggage list.txt", "notes", "a.b.c.pdf", "template.md"],
)
def test_a_document_is_not(name: str) -> None:
    assert not is_passing(PurePath(name))
