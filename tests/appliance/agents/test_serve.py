"""The agents' endpoint as a program: a device enrols, is heard of, and posts, over TLS 1.3 with its certificate."""

import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from appliance import store
from appliance.agents import serve
from appliance.models import Capture
from tests.appliance.agents.device import sign_in
from tests.appliance.agents.running import code, met, running, seen, written


def test_a_device_enrols_is_heard_of_and_posts_what_its_person_wrote(every_url: str, tmp_path: Path) -> None:
    config, sessions = written(tmp_path, every_url), store.sessions(every_url)
    with running(config) as (address, process):
        device = met(address, config)
        assert device.enrol(code(sessions)) == 201
        assert (device.told["device"], device.told["organisation"]) == ("lab-07", "oak")
        heard = device.beat(sign_ins=[sign_in(datetime.now(UTC)), sign_in(datetime.now(UTC), "guest", id="s2")])
        assert heard.status == 200, heard.data
        answer = heard.json()
        pupil = {"person": "p0701", "role": "pupil", "age_band": "unknown", "group": "Year 7"}
        assert answer["accounts"] == {"s.field": pupil, "guest": None}
        assert (answer["on_site"], answer["renew"]) == (True, False)
        assert device.ask("POST", "/detections", seen()).status == 201
        assert device.ask("POST", "/detections", seen("obs-2", people=("p1",))).status in (422, 503)
        assert device.ask("GET", "/bindings").status == 404
        policy = device.ask("GET", "/agent/policy")
        assert policy.json()["version"] == answer["policy"]
        assert device.ask("GET", "/agent/policy", **{"If-None-Match": policy.headers["ETag"]}).status == 304
        assert device.ask("GET", "/library").status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
    with sessions() as session:
        assert session.execute(select(Capture.id, Capture.off_site)).all() == [("obs-1", False)]
    sessions.kw["bind"].dispose()


def test_killed_and_started_again_it_knows_its_devices(url: str, tmp_path: Path) -> None:
    config, sessions = written(tmp_path, url), store.sessions(url)
    with running(config) as (address, process):
        device = met(address, config)
        assert device.enrol(code(sessions)) == 201
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    with running(config) as (device.address, _):
        assert device.beat().status == 200
    sessions.kw["bind"].dispose()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('private_key = "none.key"', "none.key: private_key: No such file"),
        ('authority = "appliance.key"', "appliance.key: authority: "),
        ("names = []", "names must hold"),
    ],
)
def test_what_will_not_do_is_said_at_the_start(
    url: str, tmp_path: Path, line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    config = written(tmp_path, url)
    setting = line.partition(" ")[0]
    lines = [line if each.startswith(f"{setting} ") else each for each in config.read_text().splitlines()]
    config.write_text("\n".join(lines))
    with pytest.raises(SystemExit) as ended:
        serve.main(["--config", str(config)])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
