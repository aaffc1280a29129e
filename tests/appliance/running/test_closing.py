from datetime import UTC, datetime
from pathlib import Path

from appliance.running.closing import closing
from appliance.running.places import Places
from appliance.running.settings_files import Ports
from appliance.sample.authority import Authority

PORTS = Ports(console=8001, proxy=8081, appliance=8444, agents=8447)


def places(folder: Path) -> Places:
    made = Places(folder)
    authority = Authority(folder / "other")
    authority.prepare(("one.test",), datetime.now(UTC))
    made.root.parent.mkdir(parents=True)
    made.root.write_bytes(authority.root.read_bytes())
    return made


def test_it_says_where_everything_is_but_never_the_password(tmp_path: Path) -> None:
    made = places(tmp_path)
    made.first_password.write_text("correct horse")
    text = closing(made, PORTS, made.root)
    for wanted in (
        "http://127.0.0.1:8001/",
        "http://127.0.0.1:8081",
        "https://127.0.0.1:8447",
        str(made.root),
        str(made.first_password),
        "dsl",
    ):
        assert wanted in text
    assert "correct horse" not in text


def test_without_the_first_password_it_was_changed(tmp_path: Path) -> None:
    made = places(tmp_path)
    assert "with the password that was chosen" in closing(made, PORTS, made.root)
