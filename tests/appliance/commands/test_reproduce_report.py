import json
from typing import Any

from appliance.commands.reproduce_report import as_json, text
from appliance.detected_differences import Difference
from appliance.detected_fields import Fields, fields_of
from appliance.reproduction import Reproduction, Source
from tests.detection.factories import detection, stated_opinion

SEVERITY = Difference(field="severity", stored="3", derived="4")


def fields(**changes: Any) -> Fields:
    made = fields_of(detection(opinion=stated_opinion(), **changes))
    assert made
    return made


def made(**changes: Any) -> Reproduction:
    plain = {"capture_id": "c1", "source": Source.BYTES, "stored": fields(), "derived": fields()}
    return Reproduction(**plain | changes)


def test_equal_is_said_first_then_from_what_with_what_and_each_phrase() -> None:
    lines = text(made()).splitlines()
    assert lines[0] == "capture c1: equal"
    assert lines[1] == "  derived from  its recorded bytes, which say its text"
    assert "bullying 3, score" in lines[3]
    assert "model 0.97 agreed" in lines[3]
    assert lines[3].split()[1:] == lines[4].split()[1:]
    assert lines[5] == "  found again   en.bullying.nobody-likes-you (bullying 3) at 0 to 16"


def test_what_differs_is_said_field_by_field() -> None:
    lines = text(made(derived=fields(severity=4, matches=()), differences=(SEVERITY,))).splitlines()
    assert lines[0] == "capture c1: differs"
    assert lines[-2:] == [
        "  not found     en.bullying.nobody-likes-you (bullying 3) at 0 to 16",
        "  DIFFERS       severity: 3 | 4",
    ]


def test_where_only_the_text_was_kept_it_says_why() -> None:
    said = text(made(source=Source.TEXT, why_text="Policy kept no bytes of it."))
    assert "its stored text, not from bytes. Policy kept no bytes of it." in said


def test_what_was_withheld_is_said_to_be() -> None:
    withheld = made(source=Source.WITHHELD, derived=None)
    assert text(withheld).splitlines()[0] == "capture c1: withheld by policy"
    assert "derived" not in text(withheld)
    assert json.loads(as_json(withheld))["derived"] is None


def test_for_a_program_it_is_one_object_without_words_or_what_they_could_be_guessed_by() -> None:
    said = json.loads(as_json(made(differences=(SEVERITY,))))
    assert (said["verdict"], said["source"]) == ("differs", "bytes")
    assert said["stored"]["sha256"] == said["derived"]["sha256"]
    assert said["differences"] == [{"field": "severity", "stored": "3", "derived": "4"}]
    assert {"reasons", "once"}.isdisjoint(said["stored"])
    assert "written" not in said["stored"]["matches"][0]
    assert "passage" not in said["stored"]["opinion"]
