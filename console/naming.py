"""What to call whoever an incident is about: a name where one is sure, else the device or address."""

from appliance.models import Incident


def who(incident: Incident) -> str:
    if incident.person:
        return incident.person.name
    kind, _, name = incident.subject_key.partition(":")
    if kind == "device" and name:
        return f"Somebody on {name}"
    return f"Somebody at {name}" if kind == "address" and name not in ("", "None") else "Somebody unknown"
