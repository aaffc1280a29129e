"""Cut a detection that is too long for one request down to what surrounds its matches."""

from dataclasses import replace

from detection.grading import Detection
from detection.matcher import Match

AROUND = 50_000
"""Characters kept on each side of the lead match."""
LONGEST_NAME = 4_000
"""Characters kept of an address, a conversation's or an author's name."""
MOST_MATCHES = 500


def excerpt(detection: Detection) -> Detection:
    """The lead match with what stands around it; other matches as far as they lie within. Says so in the reasons."""
    whole = detection.observation
    centre = detection.matches[0].start if detection.matches else 0
    start = max(0, centre - AROUND)
    end = min(len(whole.text), centre + AROUND)
    observation = replace(
        whole,
        text=whole.text[start:end],
        app=whole.app[:LONGEST_NAME],
        location=whole.location[:LONGEST_NAME],
        conversation=whole.conversation[:LONGEST_NAME],
        author=whole.author[:LONGEST_NAME],
        evidence=None,
    )
    matches = [_moved(match, start) for match in detection.matches if start <= match.start and match.end <= end]
    said = f"The text has {len(whole.text)} characters; the {end - start} around the match are kept here."
    return replace(
        detection,
        observation=observation,
        matches=tuple(matches[:MOST_MATCHES]),
        reasons=(*detection.reasons[:MOST_MATCHES], said),
    )


def _moved(match: Match, start: int) -> Match:
    return replace(match, start=match.start - start, end=match.end - start)
