"""What an incident's chronology says, for the tests of all that writes into it."""

from sqlalchemy.orm import Session

from appliance import chronology
from appliance.models import Incident


def kinds(session: Session, incident: Incident) -> list[str]:
    """Of its entries, in their order."""
    return [entry.kind for entry in chronology.of_incident(session, incident.id)]


def said(session: Session, incident: Incident) -> str:
    """The last entry's text; empty where it has none."""
    text = chronology.of_incident(session, incident.id)[-1].text
    return text.text if text else ""
