"""Keys that hang on the device's."""

from pathlib import Path

from agent.enrolment.derived_key import derived


def test_each_purpose_and_each_device_has_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one")
    (tmp_path / "b").write_text("other")
    made = {derived(tmp_path / file, purpose) for file in "ab" for purpose in ("library", "outbox")}
    assert len(made) == 4
    assert {len(key) for key in made} == {32}
    assert derived(tmp_path / "a", "library") in made
