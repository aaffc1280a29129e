"""Whether a change of the library may be made: every reason against it, in plain words."""

from collections.abc import Iterator, Sequence, Set
from datetime import date, timedelta

from detection.layers import Add, Change, Ignore, Layer, Regrade, apply, definitions
from detection.library import Category, Library, LibraryError, Phrase, dump, parse
from detection.matcher import EXCEPTION, MOST_APART, Matcher
from detection.normalise import key
from detection.pattern import expand
from detection.protected_words import no_more_than, touched

GRAVE = frozenset(
    {
        Category.SUICIDE,
        Category.SELF_HARM,
        Category.ABUSE,
        Category.GROOMING,
        Category.EXPLOITATION,
        Category.HONOUR_ABUSE,
    }
)
GRAVE_SEVERITY = 4
"""From here on, nobody weakens a phrase of these categories alone."""
LONGEST = timedelta(days=30)
"""For which a phrase may single somebody out."""


def problems(
    change: Change, shipped: Library, layers: Sequence[Layer], people: Set[str], today: date
) -> tuple[str, ...]:
    """Empty where it may be made. ``layers``: what stands without it, the last one that which it belongs to;
    ``people``: names of everybody on roll."""
    known = definitions(shipped, layers, today)
    standing = {phrase.id: phrase for phrase in apply(shipped, layers, today).phrases}
    found = [*_signature(change, today), *_room(change, layers[-1], today)]
    match change.act:
        case Add(phrase):
            found += _file_faults(phrase, shipped) or [
                *_place(phrase, known),
                *_proof(phrase, shipped),
                *_exception(change, phrase, phrase.severity),
                *_nothing_said(phrase),
                *_singling_out(change, phrase, people, today),
            ]
        case Ignore(phrase_id) | Regrade(phrase_id) if phrase_id not in known:
            found.append(f"{phrase_id}: there is no such phrase")
        case Ignore(phrase_id) if phrase_id not in standing:
            found.append(f"{phrase_id}: is ignored already")
        case Ignore(phrase_id):
            found += _second_person(change, known[phrase_id], standing[phrase_id])
        case Regrade(phrase_id, severity):
            found += _grade(severity, standing.get(phrase_id))
            found += _second_person(change, known[phrase_id], standing.get(phrase_id, known[phrase_id]))
            found += _exception(change, known[phrase_id], severity)
    return tuple(found)


def withdrawal_problems(
    change: Change, by: str, second: str, shipped: Library, layers: Sequence[Layer], today: date
) -> tuple[str, ...]:
    """To take a grave phrase back that was added, or raised, weakens as much as to ignore it."""
    phrase = definitions(shipped, layers, today).get(change.act.phrase_id)
    if isinstance(change.act, Ignore) or phrase is None or not _is_grave(phrase) or _are_two(by, second):
        return ()
    return (f"{phrase.id}: {_TWO_NEEDED}",)


_TWO_NEEDED = (
    "a phrase about suicide, self-harm, abuse, grooming, exploitation or honour-based abuse of severity "
    f"{GRAVE_SEVERITY} or more is weakened only with a second person"
)


def _signature(change: Change, today: date) -> Iterator[str]:
    if not change.by.strip():
        yield "by: say who makes the change"
    if not change.why.strip():
        yield "why: a change needs a reason"
    if change.second.strip() and not _are_two(change.by, change.second):
        yield "second: must be another person than the first"
    if change.expires is not None and change.expires < today:
        yield f"expires: {change.expires} is past"


def _room(change: Change, layer: Layer, today: date) -> Iterator[str]:
    """What is ignored needs none: the rest is looked for apart, in every sensor and for each group."""
    if not change.group or isinstance(change.act, Ignore):
        return
    apart = {each.act.phrase_id for each in layer if each.counts(today) and not isinstance(each.act, Ignore)}
    if len(apart | {change.act.phrase_id}) > MOST_APART:
        yield (
            f"{change.group}: {MOST_APART} phrases are added or graded otherwise for this group, and more would slow "
            "every sensor down; withdraw some, or make the change for the whole school"
        )


def _file_faults(phrase: Phrase, shipped: Library) -> list[str]:
    """What reading it from a file would say."""
    try:
        words = {name: list(listed) for name, listed in shipped.words.items()}
        parse({"phrases": dump(Library((phrase,)))["phrases"], "words": words})
    except LibraryError as e:
        return [str(e).removeprefix("library, ")]
    return []


def _place(phrase: Phrase, known: dict[str, Phrase]) -> Iterator[str]:
    language, _, rest = phrase.id.partition(".")
    if not (language and rest.startswith(f"{phrase.category}.") and rest.removeprefix(f"{phrase.category}.")):
        yield f"{phrase.id}: an id is <language>.<category>.<name>"
    if phrase.id in known:
        yield f"{phrase.id}: there is a phrase of this id already"
    taken: dict[str, str] = {}
    for other in known.values():
        if other.category == phrase.category and other.id.partition(".")[0] == language and other.id != phrase.id:
            taken |= dict.fromkeys(map(key, expand(other.text)), other.id)
    own = [key(text) for text in expand(phrase.text)]
    if all(text in taken for text in own):
        yield f"{phrase.id}: text: the same as {taken[own[0]]}"


def _proof(phrase: Phrase, shipped: Library) -> Iterator[str]:
    matcher = Matcher(Library((phrase,), shipped.words))
    for sentences, wanted, fault in (
        (phrase.hits, True, "is not found in its own hit"),
        (phrase.misses, False, "is found in its own miss"),
    ):
        for sentence in sentences:
            if bool(matcher.find(sentence)) is not wanted:
                yield f"{phrase.id}: {fault}: “{sentence}”"


def _nothing_said(phrase: Phrase) -> Iterator[str]:
    """Nobody may: not two, and not for a day."""
    if said := no_more_than(phrase):
        yield (
            f"{phrase.id}: it says no more than {said}, and that raises nothing; put into it, or near it, what is of "
            "concern"
        )


def _singling_out(change: Change, phrase: Phrase, people: Set[str], today: date) -> Iterator[str]:
    short = change.expires is not None and change.expires - today <= LONGEST
    if _are_two(change.by, change.second) and change.why.strip() and short:
        return
    for subject in touched(phrase, people):
        yield (
            f"{phrase.id}: it is about {subject}; that needs a second person, a reason and an end within "
            f"{LONGEST.days} days"
        )


def _grade(severity: int, now: Phrase | None) -> Iterator[str]:
    if not 1 <= severity <= 5:
        yield "severity: must be 1 to 5"
    elif now is not None and now.severity == severity:
        yield f"{now.id}: is of severity {severity} already"


def _second_person(change: Change, *phrases: Phrase) -> Iterator[str]:
    """As it was written down and as it stands: lowering it in two steps must not go round the rule."""
    if any(map(_is_grave, phrases)) and not _are_two(change.by, change.second):
        yield f"{phrases[0].id}: {_TWO_NEEDED}"


def _exception(change: Change, phrase: Phrase, severity: int) -> Iterator[str]:
    """It would weaken every graver phrase that lies inside it."""
    if severity == EXCEPTION and phrase.category in GRAVE and not _are_two(change.by, change.second):
        yield f"{phrase.id}: at severity {EXCEPTION} it takes graver ones inside it along; that needs a second person"


def _is_grave(phrase: Phrase) -> bool:
    return phrase.category in GRAVE and phrase.severity >= GRAVE_SEVERITY


def _are_two(by: str, second: str) -> bool:
    first, other = (" ".join(name.split()).casefold() for name in (by, second))
    return bool(other) and first != other
