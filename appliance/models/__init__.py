"""The tables, by subject. No behaviour beyond what one row can say about itself.

Times are stored as UTC. Every row carries the organisation it belongs to.
"""

from appliance.models.agents import (
    AgentCertificate,
    AgentCode,
    AgentEvent,
    AgentPolicy,
    AgentSignIn,
    AgentStatus,
)
from appliance.models.base import Base, UtcDateTime
from appliance.models.captures import Capture, DrawState, EvidencePart, EvidenceState
from appliance.models.entries import Entry, EntryText
from appliance.models.gateways import GatewayStatus
from appliance.models.incidents import Incident, Outcome, Status
from appliance.models.library import LibraryAct, LibraryChange, LibraryRelease, ReleasedLibrary
from appliance.models.networks import NetworkAct, NetworkPause, NetworkStep
from appliance.models.notifications import Notification, NotificationChannel, NotificationKind, NotificationState
from appliance.models.organisations import Binding, Device, Organisation, OrganisationKind, Person
from appliance.models.reviewers import Passkey, Reviewer, ReviewerRole, SignIn, SignInAttempt

__all__ = [
    "AgentCertificate", "AgentCode", "AgentEvent", "AgentPolicy", "AgentSignIn", "AgentStatus", "Base", "Binding",
    "Capture", "Device", "DrawState", "Entry", "EntryText", "EvidencePart", "EvidenceState", "GatewayStatus",
    "Incident", "LibraryAct", "LibraryChange", "LibraryRelease", "NetworkAct", "NetworkPause", "NetworkStep",
    "Notification", "NotificationChannel", "NotificationKind", "NotificationState", "Organisation", "OrganisationKind",
    "Outcome", "Passkey", "Person", "ReleasedLibrary", "Reviewer", "ReviewerRole", "SignIn", "SignInAttempt", "Status",
    "UtcDateTime",
]  # fmt: skip
