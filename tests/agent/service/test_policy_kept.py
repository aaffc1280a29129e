"""The policy in force follows the appliance, and outlives its absence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.service.policy_kept import PolicyKept
from detection.client import Client, ClientSettings
from detection.kept_file import KeptFile
from tests.agent.policies import written
from tests.detection.scripted_appliance import Scripted, ScriptedAppliance, scripted_appliance, token_file


@pytest.fixture
def appliance() -> Iterator[ScriptedAppliance]:
    with scripted_appliance() as made:
        yield made


@pytest.fixture
def client(appliance: ScriptedAppliance, tmp_path: Path) -> Iterator[Client]:
    made = Client(ClientSettings(appliance_url=appliance.url, token_file=token_file(tmp_path)))
    yield made
    made.close()


def test_a_policy_is_fetched_when_there_is_another_and_kept(
    appliance: ScriptedAppliance, client: Client, tmp_path: Path
) -> None:
    changes = list[None]()
    kept = PolicyKept(client, KeptFile(tmp_path / "p"), lambda: changes.append(None))
    assert (kept.policy, kept.version) == (None, "")
    appliance.answers = [Scripted(200, written(version="p1")), Scripted(200, written(version="p2"))]
    for version in ("p1", "p1", "p2", "p2"):
        kept.follow(version)
    assert kept.version == "p2"
    assert len(appliance.asked) == len(changes) == 2
    assert PolicyKept(client, KeptFile(tmp_path / "p")).version == "p2"


@pytest.mark.parametrize("answer", [Scripted(500), Scripted(200, b"{}"), Scripted(hang_up=True)])
def test_what_goes_wrong_leaves_the_one_in_force_and_is_told(
    appliance: ScriptedAppliance, client: Client, tmp_path: Path, answer: Scripted
) -> None:
    kept = PolicyKept(client, KeptFile(tmp_path / "p"))
    appliance.answers = [Scripted(200, written(version="p1")), answer, Scripted(200, written(version="p2"))]
    kept.follow("p1")
    kept.follow("p2")
    assert kept.version == "p1"
    assert kept.error
    kept.follow("p2")
    assert (kept.version, kept.error) == ("p2", "")


def test_one_that_was_kept_and_damaged_is_asked_for_anew(client: Client, tmp_path: Path) -> None:
    (tmp_path / "p").write_text("nonsense")
    assert PolicyKept(client, KeptFile(tmp_path / "p")).policy is None
