"""Which categories are one kind of concern: captures of one family about one person belong to one incident."""

from detection.library import Category

FAMILIES: tuple[frozenset[Category], ...] = (
    frozenset({Category.SELF_HARM, Category.SUICIDE, Category.DISTRESS, Category.EATING_DISORDER}),
    frozenset(
        {
            Category.ABUSE,
            Category.GROOMING,
            Category.HONOUR_ABUSE,
            Category.SEXUAL_HARASSMENT,
            Category.PERSONAL_INFORMATION,
        }
    ),
    frozenset({Category.BULLYING, Category.DISCRIMINATION, Category.MISOGYNY, Category.VIOLENCE}),
    frozenset({Category.EXTREMISM}),
    frozenset({Category.DRUGS, Category.EXPLOITATION, Category.HACKING, Category.ILLEGAL}),
    frozenset({Category.GAMBLING}),
    frozenset({Category.PORNOGRAPHY}),
    frozenset({Category.BYPASS}),
    frozenset({Category.HARMFUL_SITES}),
)


def family(category: Category) -> frozenset[Category]:
    return next(each for each in FAMILIES if category in each)
