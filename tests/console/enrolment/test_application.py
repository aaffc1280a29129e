"""The enrolment page answers what it has, in plain words what it has not, and knows nothing it need not."""

import subprocess
import sys
from pathlib import Path

import pytest

from console.enrolment.application import create_app
from tests.console.enrolment.schools import settings

KNOWS = "import sys, console.enrolment.serve; print(*sys.modules)"


def test_it_loads_neither_the_store_nor_the_console_nor_the_sensor() -> None:
    loaded = subprocess.run([sys.executable, "-c", KNOWS], check=True, capture_output=True, text=True).stdout.split()
    assert "console.enrolment.application" in loaded
    others = [name for name in loaded if name.startswith(("sqlalchemy", "appliance", "nacl", "proxy_addons", "images"))]
    served = [f"appliance.{name}" for name in ("answering", "gunicorn_server", "impatient_worker")]  # as all doors are
    assert sorted(others) == ["appliance", *served]
    assert "console.application" not in loaded


@pytest.mark.parametrize(
    "address", ["/nowhere", "/generate_204", "/hotspot-detect.html", "/../../etc/passwd", "/set-up/"]
)
def test_what_there_is_not_is_said_in_plain_words(tmp_path: Path, address: str) -> None:
    answer = create_app(settings(tmp_path)).test_client().get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "There is no such page here." in answer.text


def test_nothing_can_be_sent_to_it(tmp_path: Path) -> None:
    visitor = create_app(settings(tmp_path)).test_client()
    assert visitor.post("/", data=b"x" * 5000).status_code in (405, 413)
    assert visitor.delete("/proxy.pac").status_code == 405


def test_it_does_not_start_without_a_certificate(tmp_path: Path) -> None:
    school = settings(tmp_path)
    school.root.unlink()
    with pytest.raises(ValueError, match="cannot be read"):
        create_app(school)
