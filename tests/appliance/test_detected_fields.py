from dataclasses import replace

from sqlalchemy.orm import Session

from appliance import captures
from appliance.detected_fields import fields_of, identity, stated
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.detection.factories import detection, stated_opinion


def test_a_detection_and_the_capture_it_became_say_the_same(session: Session) -> None:
    made = factories.report(opinion=stated_opinion(probability=0.123456789))
    gate = factories.device(session, factories.school(session))
    row = captures.of_report(made, gate, content_sha256="0" * 64, seen_at=NOON, received_at=NOON)
    assert fields_of(made.detection) == stated(row)


def test_no_words_are_in_it() -> None:
    said = str(fields_of(replace(detection(), opinion=stated_opinion(), reasons=("It says nobody likes you.",))))
    assert "nobody likes" not in said
    assert "en.bullying.nobody-likes-you" in said


def test_the_same_has_one_identity_and_something_else_another() -> None:
    one, same, other = (fields_of(each) for each in (detection(), detection(), detection(severity=5)))
    assert one
    assert same
    assert other
    assert identity(one) == identity(same) != identity(other)


def test_where_nothing_is_raised_there_are_none() -> None:
    assert fields_of(None) is None
