"""The recipes for Windows and macOS: whether they can be read, and name only files that are there. They are not run."""

import plistlib
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

RECIPES = Path(__file__).parents[3] / "agent" / "packaging"
MSI = RECIPES / "windows" / "gatehouse-agent.wxs"
LISTS = sorted((*(RECIPES / "macos").glob("*.plist"), RECIPES / "macos" / "privacy.mobileconfig"))
SCRIPTS = [RECIPES / "macos" / name for name in ("build", "remove", "scripts/postinstall")]


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.name)
def test_what_macos_reads_is_a_property_list(file: Path) -> None:
    assert plistlib.loads(file.read_bytes())


def test_both_programs_of_macos_are_started_anew_at_once() -> None:
    for file in LISTS[:2]:
        listed = plistlib.loads(file.read_bytes())
        assert (listed["KeepAlive"], listed["ThrottleInterval"]) == (True, 1)


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_scripts_can_be_read_by_their_shell(file: Path) -> None:
    subprocess.run(["sh", "-n", file], check=True)
    assert file.stat().st_mode & 0o111


def test_the_msi_hides_the_code_and_enrols_before_the_service_starts() -> None:
    recipe = ElementTree.fromstring(MSI.read_text("utf-8"))
    space = {"w": "http://wixtoolset.org/schemas/v4/wxs"}
    (code,) = recipe.findall(".//w:Property[@Id='CODE']", space)
    (enrol,) = recipe.findall(".//w:CustomAction[@Id='Enrol']", space)
    assert (code.get("Hidden"), enrol.get("HideTarget")) == ("yes", "yes")
    (order,) = recipe.findall(".//w:Custom[@Action='Enrol']", space)
    assert order.get("Before") == "StartServices"


def test_the_msi_names_only_what_its_builder_puts_there() -> None:
    builder = (RECIPES / "windows" / "build.ps1").read_text()
    for name in set(re.findall(r"\[(?:INSTALLFOLDER|ConfigurationFolder)\]([\w.]+)", MSI.read_text())):
        assert name in builder or name in ("python.exe", "pythonw.exe"), name
    for name in re.findall(r"\$PSScriptRoot\\([\w.-]+)", builder):
        assert name == ".." or (RECIPES / "windows" / name).exists(), name
