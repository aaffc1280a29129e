"""Who may change what a school looks for: reviewers of the school, or of its trust, whose role it is."""

from sqlalchemy.orm import Session

from appliance import reviewers
from appliance.models import Organisation, Reviewer
from appliance.permissions import Action, may


def signatory(session: Session, organisation: Organisation, login: str) -> Reviewer:
    """ValueError, in words for whoever typed the login, where it is nobody's who may."""
    found = reviewers.get(session, login)
    if not may(found, Action.CHANGE_LIBRARY, organisation):
        raise ValueError(
            f"{found.login} may not change the phrases of {organisation.slug}; its DSL, deputy and network manager "
            "may, and the trust's officer and network manager"
        )
    return found
