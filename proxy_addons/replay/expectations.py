"""What a capture file must and must not give, and in what the detections of a replay differ from it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from detection.grading import Detection
from detection.normalise import key


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A kind of detection: whatever is given must hold of it."""

    text: str | None = None
    """Contained in what was written or shown, whatever its case, spacing and accents."""
    phrase: str | None = None
    """The id of one of the phrases that were found."""
    category: str | None = None
    severity: int | None = None
    at_least: int | None = None
    at_most: int | None = None
    channel: str | None = None
    direction: str | None = None
    app: str | None = None
    count: int | None = None
    """Exactly so many; None for one or more."""
    line: int = 0
    """Where it stands in its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Of one capture file."""

    file: str
    """Its name, or the end of its path."""
    must: tuple[Wanted, ...] = ()
    must_not: tuple[Wanted, ...] = ()
    total: int | None = None
    """Exactly so many detections in all."""
    line: int = 0

    def is_of(self, file: PurePath) -> bool:
        parts = PurePath(self.file).parts
        return file.parts[-len(parts) :] == parts


def differences(expected: Expected, found: Sequence[Detection]) -> Iterator[str]:
    """A line, or two, for each that is not met: never with the words of a capture, which may be a child's."""
    for wanted in expected.must:
        fitting = [d for d in found if not misses(wanted, d)]
        if wanted.count is None and not fitting:
            yield f"line {wanted.line}: not found: {described(wanted)}{_nearest(wanted, found)}"
        elif wanted.count is not None and len(fitting) != wanted.count:
            nearest = _nearest(wanted, [d for d in found if misses(wanted, d)]) if len(fitting) < wanted.count else ""
            yield f"line {wanted.line}: found {len(fitting)}, not {wanted.count}: {described(wanted)}{nearest}"
    for wanted in expected.must_not:
        for detection in found:
            if not misses(wanted, detection):
                yield f"line {wanted.line}: found, and must not be: {described(wanted)}\n    {seen(detection)}"
    if expected.total is not None and len(found) != expected.total:
        listed = "".join(f"\n    {seen(detection)}" for detection in found)
        said = "none" if expected.total == 0 else f"{expected.total:,}"
        yield f"line {expected.line}: {len(found):,} detections, not {said}{listed}"


def misses(wanted: Wanted, detection: Detection) -> tuple[str, ...]:
    """Each way in which ``detection`` is another than what is wanted."""
    given = (differs for name, differs in _CHECKS if getattr(wanted, name) is not None)
    return tuple(dict.fromkeys(said for differs in given if (said := differs(wanted, detection))))


def described(wanted: Wanted) -> str:
    """As it stands in the file."""
    given = ((name.replace("_", "-"), getattr(wanted, name)) for name, _ in _CHECKS)
    return ", ".join(f"{name} {_quoted(name, value)}" for name, value in given if value is not None)


def seen(detection: Detection) -> str:
    """A detection, told by everything but its words."""
    o = detection.observation
    what = f"severity {detection.severity}, {detection.category}, {o.channel} {o.direction}, {o.app or 'no app'}"
    return f"{o.seen_at:%Y-%m-%d %H:%M:%S} {what}, {', '.join(phrases(detection)) or 'no phrase'} [{o.id[:8]}]"


def phrases(detection: Detection) -> list[str]:
    """Their ids, each once, the leading one first."""
    return list(dict.fromkeys(match.phrase.id for match in detection.matches))


def _nearest(wanted: Wanted, found: Sequence[Detection]) -> str:
    """The detection that differs least, and in what."""
    nearest = min(found, key=lambda d: len(misses(wanted, d)), default=None)
    if nearest is None:
        return ""
    return f"\n    nearest: {seen(nearest)}\n    differs: {'; '.join(misses(wanted, nearest))}"


def _text(wanted: Wanted, d: Detection) -> str:
    return "" if key(wanted.text or "") in key(d.observation.text) else "other words"


def _phrase(wanted: Wanted, d: Detection) -> str:
    return "" if wanted.phrase in phrases(d) else "other phrases"


def _category(wanted: Wanted, d: Detection) -> str:
    return "" if d.category == wanted.category else f"category {d.category}"


def _severity(wanted: Wanted, d: Detection) -> str:
    fits = wanted.severity in (None, d.severity)
    fits = fits and (wanted.at_least or 1) <= d.severity <= (wanted.at_most or 5)
    return "" if fits else f"severity {d.severity}"


def _channel(wanted: Wanted, d: Detection) -> str:
    return "" if d.observation.channel == wanted.channel else f"channel {d.observation.channel}"


def _direction(wanted: Wanted, d: Detection) -> str:
    return "" if d.observation.direction == wanted.direction else f"direction {d.observation.direction}"


def _app(wanted: Wanted, d: Detection) -> str:
    same = d.observation.app.lower() == (wanted.app or "").lower()
    return "" if same else f"app {d.observation.app or '(none)'}"


_CHECKS: tuple[tuple[str, Callable[[Wanted, Detection], str]], ...] = (
    ("text", _text),
    ("phrase", _phrase),
    ("category", _category),
    ("severity", _severity),
    ("at_least", _severity),
    ("at_most", _severity),
    ("channel", _channel),
    ("direction", _direction),
    ("app", _app),
)


def _quoted(name: str, value: object) -> str:
    return f"“{value}”" if name == "text" else str(value)
