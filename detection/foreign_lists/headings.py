"""Which of our categories the headings of other products' lists belong to."""

import re

from detection.foreign_lists.entry import Refused, Wanted
from detection.library import Category
from detection.normalise import key

HEADINGS: tuple[tuple[Category, str], ...] = (
    (Category.SELF_HARM, "self harm, self injury, selfharm, cutting"),
    (Category.SUICIDE, "suicide, suicidal"),
    (Category.EATING_DISORDER, "eating disorder, eating disorders, anorexia, bulimia, body image, pro ana"),
    (Category.HONOUR_ABUSE, "fgm, forced marriage, honour based abuse, honour based violence, honour abuse"),
    (Category.SEXUAL_HARASSMENT, "sexual harassment, sexual violence, harmful sexual behaviour, upskirting"),
    (Category.GROOMING, "grooming, online grooming, predator, sexting"),
    (Category.EXPLOITATION, "exploitation, cse, cce, county lines, gangs, gang, trafficking, modern slavery"),
    (Category.ABUSE, "abuse, child abuse, domestic abuse, domestic violence, neglect, physical abuse, emotional abuse"),
    (Category.MISOGYNY, "misogyny, incel, incels, sexism"),
    (Category.EXTREMISM, "extremism, terrorism, terrorist, radicalisation, radicalization, prevent"),
    (Category.DISCRIMINATION, "discrimination, racism, racist, racial, homophobia, intolerance, hate, "
     "hate speech, antisemitism, islamophobia, transphobia"),
    (Category.BULLYING, "bullying, cyberbullying, cyber bullying, bully, insults, trolling"),
    (Category.DISTRESS, "distress, mental health, wellbeing, well being, depression, anxiety, loneliness"),
    (Category.HARMFUL_SITES, "harmful sites, gore, shock sites, dark web"),
    (Category.VIOLENCE, "violence, weapons, weapon, guns, knife crime, knives, bomb, threats"),
    (Category.PORNOGRAPHY, "pornography, porn, adult, adult content, sexual content, nudity, nudism, explicit, "
     "pornografia"),
    (Category.DRUGS, "drugs, drug, illegal drugs, illegaldrugs, legal drugs, drug advocacy, alcohol, smoking, vaping, "
     "tobacco, substance abuse, substance misuse"),
    (Category.GAMBLING, "gambling, betting, casino"),
    (Category.HACKING, "hacking, hackers, malware, warez, warezhacking"),
    (Category.BYPASS, "bypass, proxy, proxies, vpn, filter avoidance, proxy avoidance, anonymizers, anonymisers"),
    (Category.PERSONAL_INFORMATION, "personal information, personal data, id theft, idtheft, identity theft"),
    (Category.ILLEGAL, "illegal, crime, criminal, criminal activity, piracy, peer to peer, peer2peer, theft"),
)  # fmt: skip
"""Beside our own names. Headings that name people and no harm (a faith, a sexuality) are not here: who somebody is
raises nothing."""

_KNOWN = {key(heading): category for category, headings in HEADINGS for heading in headings.split(",")} | {
    key(category): category for category in Category
}
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]")


def category_of(heading: str, wanted: Wanted, called: str) -> Category:
    """The category a heading names, else the one wanted. ``called`` is what the product calls such a heading."""
    found = _find(key(_ASIDE.sub(" ", heading))) or wanted.category
    if found is None:
        if heading.strip():
            raise Refused(f"{called} “{heading.strip()}” belongs to no category; name one with --category")
        raise Refused(f"has no {called}; name a category with --category")
    return found


def _find(folded: str) -> Category | None:
    """The whole heading, else what it holds word for word, the longest first."""
    if folded in _KNOWN:
        return _KNOWN[folded]
    held = [known for known in _KNOWN if f" {known} " in f" {folded} "]
    return _KNOWN[max(held, key=len)] if held else None
