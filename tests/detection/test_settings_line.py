"""The line a mistake is reported on is the line it stands on."""

import pytest

from detection.settings_line import KeyPath, line_of, spelt

TEXT = """\
name = "x"
dotted.key = 1
[table]
"quoted" = 2
inline = { deep = 3 }
  [table.sub]
  name = 4
[[list]]
name = 5
[[list]]
name = 6
[list.inner]
name = 7
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 1),
        (("dotted", "key"), 2),
        (("table",), 3),
        (("table", "quoted"), 4),
        (("table", "inline", "deep"), 5),
        (("table", "sub", "name"), 7),
        (("table", "missing"), 3),
        (("list", 0, "name"), 9),
        (("list", 1, "name"), 11),
        (("list", 1, "inner", "name"), 13),
        (("missing",), None),
        ((), None),
    ],
    ids=str,
)
def test_a_setting_is_found_in_its_own_table(path: KeyPath, line: int | None) -> None:
    assert line_of(TEXT, path) == line


def test_a_path_is_spelt_as_one_would_say_it() -> None:
    assert spelt(("list", 1, "inner", "name")) == "list[1].inner.name"
