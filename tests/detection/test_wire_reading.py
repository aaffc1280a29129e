"""A payload as docs/wire.md shows it, written by hand, becomes the detection it describes."""

from detection.json_object import read_object
from detection.library import Category
from detection.observation import Channel, Direction, Mark, PersonRole
from detection.stated_opinion import Effect, StatedOpinion
from detection.wire_reading import read_detection
from tests.detection.factories import NOW

PAYLOAD = b"""{
  "version": 1,
  "observation": {
    "id": "7", "seen_at": "2026-03-02T10:30:00Z", "reported_at": "2026-03-02T10:30:00+00:00",
    "subject": {"organisation": "hill-school", "people": ["p-17"], "role": "pupil", "age_band": "11-16",
                "device": null, "address": "10.0.0.7", "identity_source": "address-list", "identity_age": null},
    "channel": "file-name", "direction": "written", "app": "drive.example", "location": "https://drive.example/",
    "conversation": "", "author": "", "lang": "en", "text": "nobody likes you", "marks": ["replay"]
  },
  "matches": [{"phrase": {"id": "en.bullying.x", "text": "nobody likes you", "category": "bullying", "severity": 3,
                          "gloss": "shutting somebody out"}, "start": 0, "end": 16, "written": "nobody likes you"}],
  "category": "bullying", "severity": 2, "score": 1, "role": "conduct", "reasons": ["One."], "once": "ab",
  "before": [{"seen_at": "2026-03-02T10:30:00Z", "channel": "search", "direction": "written", "app": "a", "text": "b"}],
  "library_version": "1", "model_version": "", "engine_version": "2", "policy_version": "3"
}"""


def test_a_payload_written_by_hand_is_read() -> None:
    read = read_detection(read_object(PAYLOAD))
    assert (read.category, read.severity, read.score) == (Category.BULLYING, 2, 1.0)
    assert (read.observation.channel, read.observation.direction) == (Channel.FILE_NAME, Direction.WRITTEN)
    assert read.observation.subject.key == "person:p-17"
    assert read.observation.subject.role is PersonRole.PUPIL
    assert read.observation.marks == {Mark.REPLAY}
    assert read.matches[0].phrase.gloss == "shutting somebody out"
    assert read.before[0].seen_at == NOW
    assert read.opinion is None


def test_a_second_opinion_written_by_hand_is_read() -> None:
    opinion = b"""
      "opinion": {"category": "self-harm", "probability": 0.97, "passage": "a sad line", "effect": "raised",
                  "version": "m1"}, "once" """
    read = read_detection(read_object(PAYLOAD.replace(b'"once"', opinion))).opinion
    assert read == StatedOpinion(
        category=Category.SELF_HARM, probability=0.97, passage="a sad line", effect=Effect.RAISED, version="m1"
    )
