"""The appliance as a program: it says where it listens, takes detections in, and survives being killed."""

import json
import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import urllib3
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import kept_versions, serve
from appliance.models import Capture
from detection.library import SHIPPED, load
from detection.model.second_opinion import SecondOpinion
from images.vault import Vault
from tests.appliance import certificates, factories
from tests.appliance.factories import PRIVATE_KEY, envelope, report

PROGRAM = "import sys; from appliance.serve import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def config(url: str, sessions: sessionmaker[Session], tmp_path: Path) -> Path:
    with sessions.begin() as session:
        factories.device(session, factories.school(session), token="oak")
    (tmp_path / "appliance.key").write_bytes(PRIVATE_KEY)
    file = tmp_path / "appliance.toml"
    file.write_text(
        f'database = {json.dumps(url)}\nvault = "vault"\nprivate_key = "appliance.key"\nport = 0\nthreads = 4\n'
    )
    return file


@contextmanager
def running(config: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Its address and its process."""
    command = [sys.executable, "-c", PROGRAM, "--config", str(config)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            assert said.startswith("gatehouse appliance: listening on ")
            yield said.split()[-1], process
        finally:
            process.terminate()


def post(address: str, body: dict[str, object], **more: object) -> int:
    with urllib3.PoolManager(**more) as pool:  # type: ignore[arg-type]
        headers = {"Authorization": "Bearer oak"}
        return pool.request("POST", f"{address}/detections", json=body, headers=headers, retries=False).status


def stored(sessions: sessionmaker[Session]) -> list[str]:
    with sessions() as session:
        return list(session.scalars(select(Capture.id).order_by(Capture.id)))


def test_it_listens_takes_detections_in_and_stops_when_told(config: Path, sessions: sessionmaker[Session]) -> None:
    with running(config) as (address, process):
        assert address.startswith("http://127.0.0.1:")
        assert post(address, envelope(report("obs-1"))) == 201
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
    assert stored(sessions) == ["obs-1"]


def test_what_was_answered_is_there_after_a_kill(config: Path, sessions: sessionmaker[Session]) -> None:
    with running(config) as (address, process):
        assert post(address, envelope(report("obs-1"))) == 201
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    with running(config) as (address, _):
        assert post(address, envelope(report("obs-1"))) == 200
    assert stored(sessions) == ["obs-1"]


def test_at_its_start_it_keeps_the_library_and_the_model_it_came_with(config: Path, tmp_path: Path) -> None:
    with running(config):
        vault, shipped = Vault(tmp_path / "vault"), load(SHIPPED)
        kept = kept_versions.library(vault, shipped.version)
        assert kept is not None
        assert kept.version == shipped.version
        assert kept_versions.model(vault, SecondOpinion().version) is not None


def test_with_a_certificate_it_speaks_https(config: Path, tmp_path: Path) -> None:
    certificates.write(tmp_path)
    with config.open("a") as file:
        file.write('certificate = "cert.pem"\ncertificate_key = "key.pem"\n')
    with running(config) as (address, _):
        assert address.startswith("https://127.0.0.1:")
        trusted = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
        assert post(address, envelope(report("obs-1")), ssl_context=trusted) == 201


@pytest.mark.parametrize(
    ("key", "said"), [(None, "No such file"), (b"short", "is not a key that gatehouse keys new made")]
)
def test_without_a_key_it_does_not_start(
    config: Path, key: bytes | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = config.with_name("appliance.key")
    file.unlink()
    if key is not None:
        file.write_bytes(key)
    with pytest.raises(SystemExit) as ended:
        serve.main(["--config", str(config)])
    assert ended.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith("gatehouse appliance: ")
    assert said in err


@pytest.mark.parametrize(("key", "said"), [(None, "No such file"), (b"short", "library_key: is not a key")])
def test_with_a_library_key_that_will_not_do_it_does_not_start(
    config: Path, key: bytes | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with config.open("a") as file:
        file.write('library_key = "library.key"\n')
    if key is not None:
        config.with_name("library.key").write_bytes(key)
        config.with_name("library.key").chmod(0o600)
    with pytest.raises(SystemExit) as ended:
        serve.main(["--config", str(config)])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
