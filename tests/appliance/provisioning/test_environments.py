"""The environments of a release."""

from pathlib import Path

import pytest

from appliance.provisioning.environments import Builder, for_the_box
from appliance.provisioning.plan import Site

LOCKS = Path(__file__).parents[3] / "requirements"


def test_what_only_developers_need_stays_away() -> None:
    lock = (
        "pytest==9.2.0 \\\n    --hash=sha256:aa\n"
        "atheris==3.1.0 ; python_full_version >= '3.12' \\\n    --hash=sha256:bb\n"
        "flask==3.1.3 \\\n    --hash=sha256:cc \\\n    --hash=sha256:dd\n"
    )
    assert for_the_box(lock) == "flask==3.1.3 \\\n    --hash=sha256:cc \\\n    --hash=sha256:dd\n"


@pytest.mark.parametrize(("name", "needed"), [("appliance", "playwright=="), ("gateway", "mitmproxy==")])
def test_of_the_locks_the_programs_keep_what_they_need(name: str, needed: str) -> None:
    kept = for_the_box((LOCKS / f"{name}.txt").read_text())
    assert f"\n{needed}" in kept
    assert "\npytest==" not in kept
    assert "\nmypy" not in kept
    assert kept.count("--hash") > 500


def test_wheels_for_another_python_are_not_taken(site: Site) -> None:
    site.machine.at("/wheels/appliance-3.11").mkdir(parents=True)
    (site.machine.at("/wheels/appliance-3.11") / "wheels.txt").touch()
    site.machine.answers["/release/.venv/bin/python -c import sys;"] = "3.13\n"  # type: ignore[attr-defined]
    site.machine.at("/release/.venv").mkdir(parents=True)
    with pytest.raises(FileNotFoundError, match=r"no wheels for Python 3\.13; run scripts/wheels"):
        Builder(site.machine, "/release", "/release", "/wheels").build()


@pytest.fixture
def built(site: Site) -> list[str]:
    """What the machine was asked to build a release with."""
    for name in ("appliance", "gateway"):
        lock = site.machine.at(f"/new/requirements/{name}.txt")
        lock.parent.mkdir(parents=True, exist_ok=True)
        lock.write_text("")
    for folder in (".venv", ".venv-gateway", "packages"):
        site.machine.at(f"/new/{folder}").mkdir()
        site.machine.answers[f"/new/{folder}/bin/python -c import sysconfig"] = "/new/packages\n"  # type: ignore[attr-defined]
    Builder(site.machine, "/new", "/release").build()
    asked: list[str] = site.machine.asked  # type: ignore[attr-defined]
    return asked


def test_the_library_is_built_with_the_release_and_of_its_own_code(built: list[str]) -> None:
    assert built[-1].startswith("/new/.venv/bin/python -B -c")
    assert "from detection.shipped_library import main" in built[-1]
    assert built[-1].endswith(" /new")


def test_packages_leave_nothing_in_roots_home(built: list[str]) -> None:
    installing = [each for each in built if " -m pip " in each and " install " in each]
    assert len(installing) == 2
    assert all(" --no-cache-dir " in each for each in installing)
