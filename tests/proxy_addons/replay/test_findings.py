from detection.observation import Mark
from proxy_addons.replay.findings import Findings
from proxy_addons.replay.playhead import Playhead
from tests.detection.factories import observation
from tests.detection.illegal import sighting
from tests.proxy_addons.sensor_double import SensorDouble


def test_every_observation_is_marked_and_has_its_place_for_an_id() -> None:
    sensor, playhead = SensorDouble(flags="likes"), Playhead("f", "l")
    findings = Findings(sensor.observe, sensor.sighted, playhead)
    for text in ("good morning", "nobody likes you"):
        findings.observe(observation(text=text), lambda: None)
    assert [Mark.REPLAY in seen.marks for seen in sensor.seen] == [True, True]
    again = Playhead("f", "l")
    assert [seen.id for seen in sensor.seen] == [again.next_id(seen.subject.key) for seen in sensor.seen]
    assert [d.observation.text for d in findings.detections] == ["nobody likes you"]


def test_listed_content_gets_its_place_and_mark_as_well() -> None:
    sensor = SensorDouble()
    found = Findings(sensor.observe, sensor.sighted, Playhead("f", "l")).sighted(sighting())
    assert found
    assert (sensor.sightings[0].id, sensor.sightings[0].marks) == (
        Playhead("f", "l").next_id(sighting().subject.key),
        {Mark.REPLAY},
    )
