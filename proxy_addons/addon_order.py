"""In which order the gateway's addons see a message."""

from proxy_addons.body_taps import BodyTaps
from proxy_addons.bypass import Bypass
from proxy_addons.client_networks import ClientNetworks
from proxy_addons.document_reading import DocumentReading
from proxy_addons.explicit_proxy import ExplicitProxy
from proxy_addons.file_transfers import FileTransfers
from proxy_addons.identify import Identify
from proxy_addons.inspect_dns import InspectDns
from proxy_addons.inspect_documents import DocumentLimits, InspectDocuments
from proxy_addons.inspect_hello import InspectHello
from proxy_addons.inspect_tcp import InspectTcp
from proxy_addons.inspect_web import InspectWeb, Limits
from proxy_addons.inspect_websocket import InspectWebsocket
from proxy_addons.listed_content import ListedContent
from proxy_addons.lookup import lookups
from proxy_addons.names_only import NamesOnly
from proxy_addons.own_answers import OwnAnswers
from proxy_addons.own_names import OwnNames
from proxy_addons.parts import Parts
from proxy_addons.proxy_accounts import Accounts
from proxy_addons.proxy_sign_in import ProxySignIn
from proxy_addons.refusals import Refusals
from proxy_addons.trust_check import LABEL, TrustCheck
from proxy_addons.upstream.check import UpstreamCheck


def in_order(parts: Parts) -> list[object]:
    """In the order in which they see a message: ours to answer, who, whether at all, listed, remembered, read."""
    limits = Limits(held=parts.settings.held_bytes)
    of_documents = DocumentLimits(one=parts.settings.document_bytes, together=parts.settings.documents_pending_bytes)
    reading = DocumentReading(
        parts.child, parts.reader, parts.documents, parts.inspection, parts.watchdog, parts.settings.document_bytes
    )
    files = FileTransfers(of_documents.one, of_documents.together)
    lists = parts.sensor.illegal
    closed_networks = ClientNetworks(dict.fromkeys(parts.settings.names_only, ""))
    accounts = Accounts(parts.settings.proxy_accounts) if parts.settings.proxy_accounts else None
    sign_in = ProxySignIn(
        accounts,
        parts.sensor.bindings.subject_of,
        parts.watchdog,
        left_alone=lambda host: parts.unopened.reason(host) is not None,
    )
    return [
        OwnAnswers(),
        TrustCheck(parts.settings.hostname),
        _explicit_proxy(parts),
        sign_in,
        parts.watchdog,
        UpstreamCheck(parts.revoked, parts.bad_origins, parts.watchdog),
        Identify(parts.sensor.bindings, parts.watchdog, signed_in=sign_in.subject_of),
        NamesOnly(closed_networks, parts.watchdog),
        Bypass(
            parts.unopened,
            parts.watchdog,
            listed=parts.listed,
            own_names=OwnNames(lookups(parts.settings.resolvers)),
            learned=parts.learning.reason,
        ),
        InspectHello(parts.reader, parts.sensor.bindings, parts.inspection, parts.watchdog),
        Refusals(parts.learning, parts.watchdog),
        ListedContent(lists, parts.sensor.sighted, parts.inspection, parts.watchdog, limits.unpacked),
        parts.recorder,
        InspectWeb(parts.reader, parts.inspection, parts.recorder, parts.watchdog, limits),
        InspectDocuments(reading, parts.watchdog, of_documents),
        InspectWebsocket(parts.reader, parts.inspection, parts.watchdog, limits.held),
        InspectTcp(parts.reader, reading, parts.inspection, parts.watchdog, files),
        InspectDns(parts.reader, lists, parts.sensor.sighted, parts.inspection, parts.watchdog),
        BodyTaps(lists, parts.watchdog),
    ]


def _explicit_proxy(parts: Parts) -> ExplicitProxy:
    settings, name = parts.settings, parts.settings.hostname
    return ExplicitProxy(
        parts.watchdog,
        clients=settings.proxy_clients,
        ports=settings.proxy_ports,
        inside=settings.proxy_inside,
        own_pages=(name, f"{LABEL}.{name}") if name else (),
    )
