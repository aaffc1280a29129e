"""From a payload's JSON to the detection it carries."""

from detection.categories import ConcernRole
from detection.grading import Detection, Earlier
from detection.json_object import JsonObject, WireError
from detection.library import Category, Phrase
from detection.matcher import Match
from detection.observation import AgeBand, Channel, Direction, Mark, Observation, PersonRole, Subject
from detection.stated_opinion import LONGEST_PASSAGE, Effect, StatedOpinion


def read_detection(top: JsonObject) -> Detection:
    severity = top.whole("severity")
    if not 1 <= severity <= 5:
        raise WireError("severity: must be 1 to 5")
    return Detection(
        observation=_observation(top.part("observation")),
        matches=tuple(_match(m) for m in top.parts("matches")),
        category=top.enum("category", Category),
        severity=severity,
        score=top.number("score"),
        role=top.enum("role", ConcernRole),
        reasons=top.texts("reasons"),
        once=top.text("once"),
        opinion=_opinion(top),
        before=tuple(_earlier(e) for e in top.parts("before")),
        library_version=top.text("library_version"),
        model_version=top.text("model_version"),
        engine_version=top.text("engine_version"),
        policy_version=top.text("policy_version"),
    )


def _observation(o: JsonObject) -> Observation:
    return Observation(
        id=o.text("id"),
        seen_at=o.time("seen_at"),
        reported_at=o.time("reported_at"),
        subject=read_subject(o.part("subject")),
        channel=o.enum("channel", Channel),
        direction=o.enum("direction", Direction),
        app=o.text("app"),
        location=o.text("location"),
        conversation=o.text("conversation"),
        author=o.text("author"),
        lang=o.text("lang"),
        text=o.text("text"),
        marks=o.enums("marks", Mark),
    )


def read_subject(s: JsonObject) -> Subject:
    return Subject(
        organisation=s.text("organisation"),
        people=s.texts("people"),
        role=s.enum("role", PersonRole),
        age_band=s.enum("age_band", AgeBand),
        group=s.later_text("group"),
        device=s.optional_text("device"),
        address=s.optional_text("address"),
        identity_source=s.text("identity_source"),
        identity_age=s.optional_number("identity_age"),
    )


def _match(m: JsonObject) -> Match:
    p = m.part("phrase")
    phrase = Phrase(
        id=p.text("id"),
        text=p.text("text"),
        category=p.enum("category", Category),
        severity=p.whole("severity"),
        gloss=p.text("gloss"),
    )
    return Match(phrase=phrase, start=m.whole("start"), end=m.whole("end"), written=m.text("written"))


def _opinion(top: JsonObject) -> StatedOpinion | None:
    o = top.later_part("opinion")
    if o is None:
        return None
    probability, passage = o.number("probability"), o.text("passage")
    if not 0 <= probability <= 1:
        raise WireError("opinion.probability: must be 0 to 1")
    if len(passage) > LONGEST_PASSAGE:
        raise WireError(f"opinion.passage: has more than {LONGEST_PASSAGE} characters")
    return StatedOpinion(
        category=o.enum("category", Category),
        probability=probability,
        passage=passage,
        effect=o.enum("effect", Effect),
        version=o.text("version"),
    )


def _earlier(e: JsonObject) -> Earlier:
    return Earlier(
        seen_at=e.time("seen_at"),
        channel=e.enum("channel", Channel),
        direction=e.enum("direction", Direction),
        app=e.text("app"),
        text=e.text("text"),
    )
