"""Only reviewers whose role it is change a school's phrases: its own, and those who look after its whole trust."""

import pytest
from sqlalchemy.orm import Session

from appliance import reviewers
from appliance.models import ReviewerRole
from appliance.signatories import signatory
from tests.appliance import factories
from tests.appliance.factories import NOON


@pytest.mark.parametrize(
    ("role", "of", "oak", "forest"),
    [
        (ReviewerRole.DSL, "oak", True, False),
        (ReviewerRole.DEPUTY, "oak", True, False),
        (ReviewerRole.NETWORK_MANAGER, "oak", True, False),
        (ReviewerRole.MODERATOR, "oak", False, False),
        (ReviewerRole.DSL, "elm", False, False),
        (ReviewerRole.TRUST_OFFICER, "forest", True, True),
        (ReviewerRole.NETWORK_MANAGER, "forest", True, True),
    ],
)
def test_who_may_change_the_phrases_of_a_school_and_of_its_trust(
    session: Session, role: ReviewerRole, of: str, oak: bool, forest: bool
) -> None:
    trust = factories.trust(session)
    schools = {"forest": trust} | {slug: factories.school(session, slug, trust=trust) for slug in ("oak", "elm")}
    reviewer = factories.reviewer(session, schools[of], role, login="jo")
    for slug, may in (("oak", oak), ("forest", forest)):
        if may:
            assert signatory(session, schools[slug], " JO ") is reviewer
        else:
            with pytest.raises(ValueError, match=f"jo may not change the phrases of {slug}; its DSL"):
                signatory(session, schools[slug], "jo")


def test_a_login_that_is_nobodys_or_was_taken_away_signs_nothing(session: Session) -> None:
    oak = factories.school(session)
    with pytest.raises(ValueError, match="there is no reviewer jo"):
        signatory(session, oak, "jo")
    reviewers.disable(session, factories.reviewer(session, oak, login="jo"), NOON)
    with pytest.raises(ValueError, match="jo may not change"):
        signatory(session, oak, "jo")
