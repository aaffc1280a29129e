"""Wheels built beforehand."""

import hashlib
from pathlib import Path

import pytest

from appliance.provisioning import wheels
from appliance.provisioning.wheels import of_wheels


def test_the_list_names_what_was_built_with_its_own_hash(tmp_path: Path) -> None:
    for name in ("kaitaistruct-0.11-py3-none-any", "ruamel_yaml-0.18.6-py3-none-any", "old-1-py3-none-any"):
        (tmp_path / f"{name}.whl").write_bytes(name.encode())
    lock = (
        "kaitaistruct==0.10 ; python_full_version < '3.12' \\\n    --hash=sha256:aa\n"
        "kaitaistruct==0.11 ; python_full_version >= '3.12' \\\n    --hash=sha256:bb\n"
        "ruamel-yaml==0.18.6 \\\n    --hash=sha256:cc\n"
    )
    hashes = [hashlib.sha256(each.read_bytes()).hexdigest() for each in sorted(tmp_path.iterdir())]
    assert of_wheels(lock, tmp_path) == (
        f"kaitaistruct==0.11 --hash=sha256:{hashes[0]}\nruamel-yaml==0.18.6 --hash=sha256:{hashes[2]}\n"
    )


def test_it_wants_to_know_where(capsys: pytest.CaptureFixture[str]) -> None:
    assert wheels.main([]) == 2
    assert "scripts/wheels FOLDER" in capsys.readouterr().err
