"""The Vagrantfile is one, for each provider that is here, and what it runs are scripts."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from appliance.provisioning.box import Box
from detection import settings

PROJECT = Path(__file__).parents[2]
needs_vagrant = pytest.mark.skipif(shutil.which("vagrant") is None, reason="vagrant is not here")


@needs_vagrant
def test_vagrant_takes_it(tmp_path: Path) -> None:
    apart = {
        "VAGRANT_HOME": str(tmp_path / "home"),
        "VAGRANT_DOTFILE_PATH": str(tmp_path / "state"),
        "HOME": str(tmp_path),
    }
    installed = Path("/usr/share/rubygems-integration/all/gems").glob("vagrant-libvirt-*")
    without_provider = [] if any(installed) else ["--ignore-provider"]
    done = subprocess.run(
        ["vagrant", "validate", *without_provider],
        cwd=PROJECT, env=os.environ | apart, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Vagrantfile validated successfully" in done.stdout


def test_its_box_is_one() -> None:
    box = settings.load(PROJECT / "scripts" / "vagrant" / "box.toml", Box)
    assert box.ssh_from, "Vagrant itself comes by SSH"


@pytest.mark.parametrize("script", ["gateway", "origin", "pupil"])
def test_each_machines_script_can_be_run(script: str) -> None:
    file = PROJECT / "scripts" / "vagrant" / script
    assert os.access(file, os.X_OK)
    assert subprocess.run(["bash", "-n", file], check=False).returncode == 0
    assert f"scripts/vagrant/{script}" in (PROJECT / "Vagrantfile").read_text()
