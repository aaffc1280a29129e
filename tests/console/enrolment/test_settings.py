"""What the enrolment page is told, and what it does not start with."""

from pathlib import Path

import pytest

from console.enrolment.settings import EnrolmentSettings
from detection.settings import SettingsError, load

PLAIN = """
school = "Hillside School"
hostname = "gatehouse.hillside.test"
root = "root.pem"
notice = "notice.txt"
{more}
[[network]]
name = "pupils"
address = "10.20.0.1/16"
{network}
"""


def read(folder: Path, more: str = "", network: str = "") -> EnrolmentSettings:
    file = folder / "enrolment.toml"
    file.write_text(PLAIN.format(more=more, network=network))
    return load(file, EnrolmentSettings)


def test_a_short_file_is_enough(tmp_path: Path) -> None:
    made = read(tmp_path)
    assert made.trust_check_host == "trust-check.gatehouse.hillside.test"
    assert [helpline.name for helpline in made.helpline] == ["Childline", "Samaritans", "Shout"]
    assert (made.port, made.proxy_port, made.fail_open) == (80, 3128, True)


@pytest.mark.parametrize(
    ("more", "network", "said"),
    [
        ('notice_url = "https://hillside.test/notice"', "", "either notice or notice_url"),
        ("port = 70000", "", "port and proxy_port"),
        ('direct = ["*.hillside.test"]', "", "full host name"),
        ("", 'reads = "much"', "reads must be one of"),
        ("", 'address6 = "10.20.0.1/16"', "no IPv6 address"),
        ("", 'address6 = "2001:db8::1"', "no IPv6 address"),
    ],
)
def test_what_is_doubtful_is_named(tmp_path: Path, more: str, network: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        read(tmp_path, more, network)
