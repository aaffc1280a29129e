"""What else a text says that holds the canary's phrase: a test must hide nothing, and nothing may pass for its part."""

from detection.canary import Canary
from detection.grading import Detection
from detection.in_force import Detects
from detection.observation import Observation
from detection.recent import Recent


def beside_canary(seen: Observation, canary: Canary, detector: Detects, recent: Recent) -> Detection | None:
    """Of all that was said, or of what is left without the canary, if that is graver; ``recent`` forgets the other."""
    found = detector.detect(seen)
    left = canary.without(seen)
    if left is seen:
        return found
    alone = detector.detect(left)
    leads, other = (found, alone) if _severity(found) >= _severity(alone) else (alone, found)
    if other:
        recent.forget(other.once)
    return leads


def _severity(detection: Detection | None) -> int:
    return detection.severity if detection else 0
