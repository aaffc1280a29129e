"""The page says of each network what is so at this moment."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.enrolment.standing import as_it_stands
from tests.console.enrolment.schools import PUPILS

NOW = datetime(2026, 9, 1, 10, tzinfo=UTC)
ROW = '[[network]]\nname = "{name}"\nkind = "managed"\nreading = "{reading}"\n{more}\n'


@pytest.mark.parametrize(
    ("name", "reading", "more", "reads"),
    [
        ("pupils", "read", "", "everything"),
        ("pupils", "names-only", "", "names"),
        ("pupils", "off", "", "nothing"),
        ("pupils", "read", "paused_until = 2026-09-01T10:30:00Z", "nothing"),
        ("pupils", "read", "paused_until = 2026-09-01T09:30:00Z", "everything"),
        ("guests", "off", "", "everything"),
        ("pupils", "some other word", "", "everything"),
    ],
)
def test_what_the_firewall_goes_by_is_what_the_page_says(
    tmp_path: Path, name: str, reading: str, more: str, reads: str
) -> None:
    (tmp_path / "networks.toml").write_text(ROW.format(name=name, reading=reading, more=more))
    assert as_it_stands(PUPILS, tmp_path / "networks.toml", NOW).reads == reads


@pytest.mark.parametrize("content", [None, b"[[network", b"\xff", b"network = 7", b"network = [7]"])
def test_without_a_file_that_can_be_read_the_settings_count(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "networks.toml"
    if content is not None:
        file.write_bytes(content)
    assert as_it_stands(PUPILS, file, NOW) == as_it_stands(PUPILS, None, NOW) == PUPILS
