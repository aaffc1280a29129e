import pytest

from detection.foreign_lists.entry import Company, Entry, Refused
from detection.foreign_lists.groups import Groups
from tests.detection.foreign_lists.entries import an
from tests.detection.libraries import a

SAME, ANY = Company.SAME_GROUP, Company.ANY_GROUP
BRIDGE = an("bridge", group="High Places", company=SAME)
ROOF = an("roof", group="high places")
KNIFE = an("knife", group="Weapons", company=ANY)
ALONE = an("sword", group="Swords", company=SAME)
GROUPS = Groups([BRIDGE, ROOF, KNIFE, an("Knife", group="Weapons"), ALONE])


@pytest.mark.parametrize(
    ("entry", "near", "companion"),
    [(ROOF, (), ""), (BRIDGE, ("@type-high-places",), "roof"), (KNIFE, ("@any-type",), "bridge")],
)
def test_a_phrase_that_needs_company_names_its_list(entry: Entry, near: tuple[str, ...], companion: str) -> None:
    assert (GROUPS.near(entry), GROUPS.companion(entry)) == (near, companion)


def test_one_that_has_nobody_to_keep_it_company_is_refused() -> None:
    with pytest.raises(Refused, match="counts only with another phrase of its kind, and there is none"):
        GROUPS.near(ALONE)


def test_only_lists_that_are_needed_are_written_each_word_once() -> None:
    phrases = (a("bridge", near=("@type-high-places", "x")), a("knife", near=("@any-type",)))
    assert GROUPS.named_by(phrases) == {
        "any-type": ("bridge", "roof", "knife", "sword"),
        "type-high-places": ("bridge", "roof"),
    }


def test_a_helpline_keeps_nothing_company() -> None:
    groups = Groups([BRIDGE, an("Childline", group="high places"), an("samaritans.org", group="high places")])
    with pytest.raises(Refused, match="there is none"):
        groups.near(BRIDGE)
