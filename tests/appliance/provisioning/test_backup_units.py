"""A backup every night."""

import os
import re
import subprocess
from pathlib import Path

from appliance.provisioning.backup_units import BACKUP_SERVICE, BACKUP_TIMER, KEYS


def test_without_a_persons_key_none_is_made() -> None:
    assert f"ConditionPathExistsGlob={KEYS}/*.pub\n" in BACKUP_SERVICE


def test_every_key_that_lies_there_can_open_it(tmp_path: Path) -> None:
    """The command as systemd would run it, with the program told to say what it was given."""
    for name in ("head.pub", "lead of the school.pub", "lead.key"):
        (tmp_path / name).touch()
    (script,) = re.findall(r"^ExecStart=/bin/sh -c '(.*)' sh$", BACKUP_SERVICE, re.MULTILINE)
    said = script.replace("$$", "$").replace(KEYS, str(tmp_path)).replace("exec /opt", "exec printf '%s\\n' /opt")
    done = subprocess.run(["/bin/sh", "-c", said, "sh"], env=os.environ, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-6:] == [
        "--keep", "14", "--for", f"{tmp_path}/head.pub", "--for", f"{tmp_path}/lead of the school.pub"
    ]  # fmt: skip


def test_it_is_over_before_updates_may_start_the_machine_anew() -> None:
    assert "OnCalendar=*-*-* 01:30\n" in BACKUP_TIMER
    assert "[Service]" not in BACKUP_TIMER
