"""A certificate is renewed while the old one still holds."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent.enrolment import enrolled
from agent.enrolment.enrol import enrol
from agent.enrolment.renewal import renew_where_due
from detection.client import Client
from tests.agent.appliance import agents_appliance
from tests.agent.enrolment.test_enrol import asked
from tests.detection.scripted_appliance import Scripted


def test_it_is_renewed_when_due_and_shown_from_the_next_request_on(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with agents_appliance(tmp_path / "box", lasts=timedelta(days=30)) as appliance:
        device = enrol(asked(appliance), tmp_path)
        key, client = device.key.read_bytes(), Client(device.client)
        assert not renew_where_due(client, tmp_path, now)
        client.get("/agent/policy")
        assert renew_where_due(client, tmp_path, now + timedelta(days=21))
        client.get("/agent/policy")
        client.close()
        before, asking, after = appliance.serials[-3:]
        assert before == asking != after
        assert enrolled.read(tmp_path).certified_until > device.certified_until - timedelta(seconds=1)
        assert enrolled.read(tmp_path).key.read_bytes() == key


def test_it_is_renewed_when_the_appliance_says_so(tmp_path: Path) -> None:
    with agents_appliance(tmp_path / "box") as appliance:
        client = Client(enrol(asked(appliance), tmp_path).client)
        assert renew_where_due(client, tmp_path, datetime.now(UTC), asked=True)
        client.close()


def test_what_goes_wrong_leaves_the_old_one_in_force(tmp_path: Path) -> None:
    with agents_appliance(tmp_path / "box") as appliance:
        device = enrol(asked(appliance), tmp_path)
        before, client = device.certificate.read_bytes(), Client(device.client)
        answers = [Scripted(500), Scripted(201, b"{}"), Scripted(hang_up=True)]
        appliance.http.answer = lambda _: answers.pop()
        for _ in range(3):
            assert not renew_where_due(client, tmp_path, datetime.now(UTC), asked=True)
        client.close()
        assert device.certificate.read_bytes() == before
