"""The whole gateway in trouble: it dies, a reader hangs, its settings are mistaken; a test shows that it reports."""

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

from detection.canary import WORDS as WORDS_OF_CANARY
from detection.canary import new_key, token
from tests.proxy_addons.conftest import RUN, gateway, listening, settings, started
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.origin import Answer
from tests.proxy_addons.reports import BROWSER, FORM, WORDS, evidence_of, reported


def test_what_a_pupil_has_seen_is_on_disk_even_if_the_gateway_dies_at_once(tmp_path):
    with gateway(tmp_path, appliance_is_down=True) as dying:
        dying.web.answers["/page"] = Answer(b"<p>i want to hurt myself thirteenth</p>")
        dying.browser().request("GET", "https://forum.test/page", headers=BROWSER)
        dying.process.kill()
        dying.process.communicate(timeout=60)
        with started(RUN, settings(tmp_path, dying.appliance.url, dying.hosts)) as again:
            assert listening(again)
            report = reported(dying, f"{WORDS} thirteenth")
            assert evidence_of(dying, report)


HANG = (
    "import detection.sensor, threading; detection.sensor.Sensor.observe = lambda *_: threading.Event().wait(); " + RUN
)


def test_an_inspection_that_hangs_lets_pages_pass_and_says_so(tmp_path):
    with gateway(tmp_path, HANG, inspection_seconds=0.1) as hanging:
        hanging.web.answers["/page"] = Answer(b"<p>Rivers of Wales</p>")
        assert (
            hanging.browser().request("GET", "https://forum.test/page", headers=BROWSER).data
            == b"<p>Rivers of Wales</p>"
        )
        status = tmp_path / "state" / "status.json"
        assert eventually(lambda: json.loads(status.read_text())["unread"].get("timeout"))


def test_a_mistake_in_the_settings_is_said_in_one_line(tmp_path):
    with started(RUN, tmp_path / "missing.toml") as refused:
        _, said = refused.communicate(timeout=60)
    assert refused.returncode == 2
    assert said.startswith("gateway: ")
    assert said.count("\n") == 1


def test_a_canary_comes_up_as_a_test_and_hides_nothing_beside_it(tmp_path):
    new_key(tmp_path / "canary.key")
    phrase = f"{WORDS_OF_CANARY} {token((tmp_path / 'canary.key').read_bytes(), datetime.now(UTC))}"
    with gateway(tmp_path, sensor={"canary_key": "canary.key"}) as tested:
        body = urlencode({"message": f"{phrase} and {WORDS} fourteenth"})
        tested.browser().request("POST", "https://forum.test/post", body=body, headers=FORM)
        meant = reported(tested, f"{WORDS} fourteenth").detection
        test = eventually(lambda: next((r for r in tested.appliance.reports if r.detection.severity == 1), None))
    assert (test.detection.observation.text, test.detection.observation.marks) == (phrase, {"test"})
    assert (meant.category, meant.observation.marks) == ("self-harm", frozenset())
    assert meant.severity >= 4
