"""What belongs to each category: 4Cs, the lines of UKSIC and KCSIE, the person's part in it, the highest severity."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from detection.library import Category


class FourC(StrEnum):
    CONTENT = "content"
    CONTACT = "contact"
    CONDUCT = "conduct"
    COMMERCE = "commerce"


class ConcernRole(StrEnum):
    AT_RISK = "at-risk"
    MAY_HARM = "may-harm-others"
    CONDUCT = "conduct"
    EXPOSED = "only-exposed"


@dataclass(frozen=True, slots=True)
class Area:
    title: str
    four_cs: tuple[FourC, ...]
    uksic: str
    """The line of UKSIC's "Appropriate Monitoring" list."""
    kcsie: str
    """What Keeping Children Safe in Education calls it."""
    role: ConcernRole
    """Of whoever writes it."""
    highest: int = 5


_CONTENT, _CONTACT, _CONDUCT, _COMMERCE = FourC.CONTENT, FourC.CONTACT, FourC.CONDUCT, FourC.COMMERCE
_RISK, _HARM, _OWN = ConcernRole.AT_RISK, ConcernRole.MAY_HARM, ConcernRole.CONDUCT

AREAS: Mapping[Category, Area] = {
    Category.ABUSE: Area("Abuse", (_CONTACT,), "Child sexual exploitation", "Abuse and neglect", _RISK),
    Category.BULLYING: Area("Bullying", (_CONDUCT,), "Bullying", "Child-on-child abuse: bullying", _HARM),
    Category.BYPASS: Area("Getting round the filter", (_CONDUCT,), "Inappropriate content", "Filtering", _OWN, 2),
    Category.DISCRIMINATION: Area(
        "Discrimination", (_CONTENT, _CONDUCT), "Discrimination", "Child-on-child abuse: prejudice", _HARM
    ),
    Category.DISTRESS: Area("Distress", (_CONDUCT,), "Self-harm", "Mental health", _RISK),
    Category.DRUGS: Area("Drugs and alcohol", (_CONTENT, _CONDUCT), "Drugs / substance abuse", "Drugs", _OWN),
    Category.EATING_DISORDER: Area(
        "Eating disorder", (_CONTENT, _CONDUCT), "Self-harm and eating disorder", "Mental health", _RISK
    ),
    Category.EXPLOITATION: Area(
        "Criminal exploitation",
        (_CONTACT, _COMMERCE),
        "Violence and criminal activity",
        "Child criminal exploitation: county lines",
        _RISK,
    ),
    Category.EXTREMISM: Area("Extremism", (_CONTENT, _CONTACT), "Extremism", "Preventing radicalisation", _HARM),
    Category.GAMBLING: Area("Gambling", (_COMMERCE,), "Gambling", "Commerce: gambling", _OWN, 2),
    Category.GROOMING: Area(
        "Grooming", (_CONTACT,), "Child sexual exploitation", "Child sexual exploitation: grooming", _RISK
    ),
    Category.HACKING: Area("Hacking", (_CONDUCT, _COMMERCE), "Malware and hacking", "Cybercrime", _OWN),
    Category.HARMFUL_SITES: Area("Harmful sites", (_CONTENT,), "Harmful content", "Content: harmful sites", _RISK),
    Category.HONOUR_ABUSE: Area(
        "Honour-based abuse", (_CONTACT,), "Violence", "So-called honour-based abuse, FGM, forced marriage", _RISK
    ),
    Category.ILLEGAL: Area("Illegal", (_CONDUCT, _COMMERCE), "Illegal", "Serious violence and crime", _OWN),
    Category.MISOGYNY: Area(
        "Misogyny", (_CONTENT, _CONDUCT), "Discrimination", "Content: misogyny; child-on-child abuse", _HARM
    ),
    Category.PERSONAL_INFORMATION: Area(
        "Personal information", (_CONDUCT, _CONTACT), "Privacy", "Conduct: personal information", _RISK, 2
    ),
    Category.PORNOGRAPHY: Area("Pornography", (_CONTENT,), "Pornography", "Content: pornography", _OWN, 2),
    Category.SELF_HARM: Area("Self-harm", (_CONTENT, _CONDUCT), "Self-harm", "Mental health: self-harm", _RISK),
    Category.SEXUAL_HARASSMENT: Area(
        "Sexual harassment and nudes",
        (_CONDUCT, _CONTACT),
        "Child sexual exploitation",
        "Child-on-child abuse: nudes and semi-nudes, deepfakes",
        _HARM,
    ),
    Category.SUICIDE: Area("Suicide", (_CONTENT, _CONDUCT), "Suicide", "Mental health: suicide", _RISK),
    Category.VIOLENCE: Area("Violence", (_CONTENT, _CONDUCT), "Violence", "Serious violence", _HARM),
}
"""Lines as these lists were worded in 2024 to 2026; docs/severity.md prints the table."""
