"""The same words at another age: how many levels a category is raised or lowered, by age band and for staff."""

from collections.abc import Mapping

from detection.library import Category
from detection.observation import AgeBand, PersonRole, Subject

YOUNGEST = AgeBand.SECONDARY
"""The band of whoever's is unknown, where a school says nothing else: that of an 11- to 16-year-old."""

_CHILDISH = dict.fromkeys(
    (
        Category.BULLYING, Category.DRUGS, Category.EATING_DISORDER, Category.EXPLOITATION, Category.GROOMING,
        Category.HARMFUL_SITES, Category.SELF_HARM, Category.SEXUAL_HARASSMENT,
    ),
    1,
)  # fmt: skip
_GROWN = dict.fromkeys((Category.BYPASS, Category.DRUGS, Category.GAMBLING, Category.PORNOGRAPHY), -1)
_STAFF = _GROWN | dict.fromkeys((Category.BULLYING, Category.DISTRESS, Category.EATING_DISORDER), -1)

STEPS: Mapping[AgeBand, Mapping[Category, int]] = {
    AgeBand.PRIMARY: _CHILDISH,
    AgeBand.SECONDARY: {},
    AgeBand.SIXTH_FORM: _GROWN,
    AgeBand.ADULT: _STAFF,
}
"""Primary pupils do not type such words by chance; at 17 some of it is nearer to ordinary life."""
HIGHEST_RAISED = 4
"""Age alone makes nothing an immediate danger."""
_NAMES = {AgeBand.PRIMARY: "4 to 10", AgeBand.SIXTH_FORM: "17 to 18", AgeBand.ADULT: "an adult"}


def band_of(subject: Subject, youngest: AgeBand = YOUNGEST) -> AgeBand:
    """The band to grade by: staff are adults; who is unknown counts as the youngest of the school, and as a pupil."""
    if subject.role is PersonRole.STAFF:
        return AgeBand.ADULT
    return youngest if subject.age_band is AgeBand.UNKNOWN else subject.age_band


def by_age(category: Category, band: AgeBand, severity: int) -> tuple[int, str]:
    """The severity at that age, and why it is another; "" where it is not."""
    step = STEPS.get(band, {}).get(category, 0)
    moved = max(1, min(severity + step, max(severity, HIGHEST_RAISED)))
    if moved == severity:
        return severity, ""
    return moved, f"The person is {_NAMES[band]}: {'raised' if moved > severity else 'lowered'} by one."
