"""The contract with the appliance: what is written can be read, and what is wrong is named without its content."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta, timezone
from typing import Any

import pytest

from detection.grading import Earlier
from detection.observation import AgeBand, Channel, Direction, Mark, PersonRole, Subject
from detection.wire import (
    EvidenceNames,
    Report,
    Supplement,
    WireError,
    dump,
    dump_supplement,
    parse,
    parse_supplement,
    parse_time,
)
from tests.detection.factories import NOW, detection, match, observation, phrase, stated_opinion

FULL = Report(
    detection=detection(
        observation=observation(
            marks=frozenset({Mark.PASTED, Mark.DELETED}),
            subject=Subject(
                organisation="hill-school",
                people=("p-1", "p-2"),
                role=PersonRole.PUPIL,
                age_band=AgeBand.SECONDARY,
                group="Year 9",
                device="laptop-4",
                address="10.0.0.7",
                identity_source="agent",
                identity_age=12.5,
            ),
        ),
        matches=(match(), match(start=18, end=25, written="go away")),
        opinion=stated_opinion(),
        before=(
            Earlier(
                seen_at=NOW - timedelta(minutes=2),
                channel=Channel.PAGE,
                direction=Direction.SHOWN,
                app="chat.example",
                text="see you later",
            ),
        ),
    ),
    evidence=EvidenceNames(index="a1", blobs={"a1": "b1", "a2": "b2"}, truncated=True),
)
PLAIN = Report(detection=detection(), evidence_note="No page was recorded.")
SUPPLEMENT = Supplement(id="7", reported_at=NOW, evidence=EvidenceNames(index="a1", blobs={"a1": "b1"}))


def edited(change: Callable[[Any], object], report: Report = FULL) -> bytes:
    payload = json.loads(dump(report))
    change(payload)
    return json.dumps(payload).encode()


@pytest.mark.parametrize("report", [FULL, PLAIN], ids=["full", "plain"])
def test_what_is_written_can_be_read(report: Report) -> None:
    again = parse(dump(report))
    known = tuple(replace(m, phrase=replace(m.phrase)) for m in report.detection.matches)
    assert again == replace(report, detection=replace(report.detection, matches=known))


def test_a_supplement_that_is_written_can_be_read() -> None:
    assert parse_supplement(dump_supplement(SUPPLEMENT)) == SUPPLEMENT
    without = replace(SUPPLEMENT, evidence=None, evidence_note="Nothing more was loaded.")
    assert parse_supplement(dump_supplement(without)) == without


def test_the_rules_of_a_phrase_stay_in_the_library() -> None:
    secret = phrase(near=("school",), unless=("song",), hits=("one",), misses=("two",))
    (read,) = parse(dump(Report(detection=detection(matches=(match(phrase=secret),))))).detection.matches
    assert read.phrase == phrase()


def test_the_same_report_is_the_same_bytes() -> None:
    turned = EvidenceNames(index="a1", blobs={"a2": "b2", "a1": "b1"}, truncated=True)
    elsewhere = timezone(timedelta(hours=5))
    moved = replace(FULL.detection.observation, seen_at=NOW.astimezone(elsewhere))
    assert dump(replace(FULL, evidence=turned, detection=replace(FULL.detection, observation=moved))) == dump(FULL)


def test_a_sensor_that_knows_no_groups_is_read_all_the_same() -> None:
    read = parse(edited(lambda payload: payload["observation"]["subject"].pop("group")))
    assert read.detection.observation.subject == replace(FULL.detection.observation.subject, group="")


def test_unknown_fields_are_ignored_at_every_level() -> None:
    def add_everywhere(value: Any) -> None:
        for inner in list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ():
            add_everywhere(inner)
        if isinstance(value, dict) and "a1" not in value:
            value["from_the_future"] = {"x": [1]}

    assert parse(edited(add_everywhere)) == FULL


def paths(value: Any, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every named field of the payload, by the path to it."""
    if isinstance(value, list):
        return [path for i, item in enumerate(value[:1]) for path in paths(item, (*here, i))]
    if not isinstance(value, dict) or here == ("evidence", "blobs"):
        return []
    return [path for name, inner in value.items() for path in ((*here, name), *paths(inner, (*here, name)))]


LATER = {("observation", "subject", "group")}
"""What the contract has got since its first sensors."""
FIELDS = [path for path in paths(json.loads(dump(FULL))) if path not in LATER]


def holder(payload: Any, path: tuple[str | int, ...]) -> Any:
    for step in path[:-1]:
        payload = payload[step]
    return payload


def spelt(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)[1:]


def test_the_table_below_covers_the_contract() -> None:
    deepest = {"observation.subject.identity_age", "matches[0].phrase.gloss", "before[0].text", "evidence.blobs"}
    assert deepest <= set(map(spelt, FIELDS))


def test_an_older_sensor_says_nothing_of_a_second_opinion() -> None:
    without = replace(FULL, detection=replace(FULL.detection, opinion=None))
    assert parse(edited(lambda payload: payload.pop("opinion"))) == without
    assert parse(edited(lambda payload: payload.update(opinion=None))) == without


@pytest.mark.parametrize("path", [path for path in FIELDS if path != ("opinion",)], ids=spelt)
def test_a_missing_field_is_named(path: tuple[str | int, ...]) -> None:
    with pytest.raises(WireError, match=spelt(path).replace("[", r"\[")):
        parse(edited(lambda payload: holder(payload, path).pop(path[-1])))


def wrong_values(path: tuple[str | int, ...]) -> list[object]:
    right = holder(json.loads(dump(FULL)), path)[path[-1]]
    as_good = (int, float) if isinstance(right, float) else (type(right),)
    return [value for value in ({"secret": 1}, [["secret"]], True, "secret", 1) if type(value) not in as_good]


@pytest.mark.parametrize(
    ("path", "wrong"), [(p, w) for p in FIELDS for w in wrong_values(p)], ids=lambda v: repr(v)[:60]
)
def test_a_wrong_type_is_named_without_its_content(path: tuple[str | int, ...], wrong: object) -> None:
    with pytest.raises(WireError, match=spelt(path).replace("[", r"\[")) as raised:
        parse(edited(lambda payload: holder(payload, path).update({path[-1]: wrong})))
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "path",
    [
        ("category",),
        ("role",),
        ("matches", 0, "phrase", "category"),
        ("opinion", "category"),
        ("opinion", "effect"),
        ("before", 0, "channel"),
        ("before", 0, "direction"),
        ("observation", "channel"),
        ("observation", "direction"),
        ("observation", "subject", "role"),
        ("observation", "subject", "age_band"),
    ],
    ids=spelt,
)
def test_an_unknown_enumeration_value_is_named_without_its_content(path: tuple[str | int, ...]) -> None:
    with pytest.raises(WireError) as raised:
        parse(edited(lambda payload: holder(payload, path).update({path[-1]: "secret"})))
    assert str(raised.value) == f"{spelt(path)}: unknown value"
    assert raised.value.__cause__ is None


def test_an_unknown_mark_is_named() -> None:
    with pytest.raises(WireError, match=r"^observation\.marks: unknown value$"):
        parse(edited(lambda payload: payload["observation"]["marks"].append("secret")))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("version", 2, "version: only 1 is known"),
        ("severity", 0, "severity: must be 1 to 5"),
        ("severity", 6, "severity: must be 1 to 5"),
        ("severity", 10**30, "severity: must be a whole number"),
        ("score", float("nan"), "score: must be a number"),
        ("score", 10**400, "score: is too large a number"),
        ("reasons", ["fine", 3], "reasons: must hold texts only"),
        ("evidence", {"index": "a", "blobs": {}, "truncated": False}, "evidence.index: is not among the blobs"),
        ("evidence", {"index": "a", "blobs": {"a": 1}, "truncated": False}, "evidence.blobs: must hold texts only"),
    ],
)
def test_a_value_out_of_range_is_named(field: str, value: object, message: str) -> None:
    with pytest.raises(WireError) as raised:
        parse(edited(lambda payload: payload.update({field: value})))
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("probability", -0.1, "opinion.probability: must be 0 to 1"),
        ("probability", 1.1, "opinion.probability: must be 0 to 1"),
        ("passage", "secret" * 51, "opinion.passage: has more than 300 characters"),
    ],
)
def test_a_second_opinion_out_of_range_is_named(field: str, value: object, message: str) -> None:
    with pytest.raises(WireError) as raised:
        parse(edited(lambda payload: payload["opinion"].update({field: value})))
    assert str(raised.value) == message


@pytest.mark.parametrize("payload", [b"", b"\xff\xfe", b"[1", b"[" * 100_000, b"[]", b'"secret"', b"null"], ids=repr)
def test_what_is_no_json_object_is_refused(payload: bytes) -> None:
    with pytest.raises(WireError) as raised:
        parse(payload)
    assert "secret" not in str(raised.value)


def test_text_that_cannot_be_stored_is_replaced_letter_by_letter() -> None:
    """Half an emoji in a window title or a NUL in a form must not lose the detection, nor move its ranges."""
    odd = observation(text="a\ud83d\x00b", location="\udfff", author="\ud800")
    read = parse(dump(Report(detection=detection(observation=odd, reasons=("\ud800",))))).detection
    assert (read.observation.text, read.observation.location, read.reasons) == ("a\ufffd\ufffdb", "\ufffd", ("\ufffd",))


def test_text_that_cannot_be_stored_is_replaced_when_a_stranger_sends_it() -> None:
    read = parse(edited(lambda payload: payload["observation"].update(text="a\ud83d\x00b")))
    assert read.detection.observation.text == "a\ufffd\ufffdb"


def test_a_whole_emoji_passes_unchanged() -> None:
    assert (
        parse(dump(Report(detection=detection(observation=observation(text="🙂"))))).detection.observation.text == "🙂"
    )


@pytest.mark.parametrize(
    "written", ["2026-03-02T10:30:00Z", "2026-03-02T15:30:00+05:00", "2026-03-02T10:30:00.000+00:00"]
)
def test_times_are_read_as_utc(written: str) -> None:
    read = parse_time(written, "seen_at")
    assert (read, read.tzinfo) == (NOW, UTC)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("yesterday", "seen_at: is not a time"),
        ("2026-03-02T10:30:00", "seen_at: has no time zone"),
        ("0001-01-01T00:00:00+05:00", "seen_at: is not a time"),
        ("", "seen_at: is not a time"),
    ],
)
def test_a_doubtful_time_is_refused(written: str, message: str) -> None:
    with pytest.raises(WireError) as raised:
        parse_time(written, "seen_at")
    assert str(raised.value) == message
