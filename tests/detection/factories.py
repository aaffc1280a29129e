"""Plain, mild examples of what sensors see and the detector makes of it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from detection.categories import ConcernRole
from detection.grading import Detection
from detection.library import Category, Phrase
from detection.matcher import Match
from detection.observation import Channel, Direction, Observation, Subject
from detection.stated_opinion import Effect, StatedOpinion

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def observation(**changes: Any) -> Observation:
    plain = Observation(
        id="0" * 31 + "1",
        seen_at=NOW,
        reported_at=NOW,
        subject=Subject(
            organisation="hill-school", people=("p-17",), address="10.0.0.7", identity_source="address-list"
        ),
        channel=Channel.MESSAGE,
        direction=Direction.WRITTEN,
        app="chat.example",
        location="https://chat.example/room/7",
        conversation="room-7",
        text="nobody likes you, go away",
    )
    return replace(plain, **changes)


def phrase(**changes: Any) -> Phrase:
    plain = Phrase(
        id="en.bullying.nobody-likes-you",
        text="nobody likes you",
        category=Category.BULLYING,
        severity=3,
        gloss="telling somebody that they are shut out",
    )
    return replace(plain, **changes)


def match(**changes: Any) -> Match:
    return replace(Match(phrase=phrase(), start=0, end=16, written="nobody likes you"), **changes)


def stated_opinion(**changes: Any) -> StatedOpinion:
    plain = StatedOpinion(
        category=Category.BULLYING, probability=0.97, passage="nobody likes you", effect=Effect.AGREED, version="m1"
    )
    return replace(plain, **changes)


def detection(**changes: Any) -> Detection:
    plain = Detection(
        observation=observation(),
        matches=(match(),),
        category=Category.BULLYING,
        severity=3,
        score=0.6,
        role=ConcernRole.MAY_HARM,
        reasons=("“nobody likes you” is in the library under bullying.",),
        once="ab" * 32,
        library_version="library-1",
        engine_version="engine-1",
        policy_version="policy-1",
    )
    return replace(plain, **changes)
