"""In which order the gateway's addons see a message."""

from proxy_addons.bypass import Bypass
from proxy_addons.client_networks import ClientNetworks
from proxy_addons.explicit_proxy import ExplicitProxy
from proxy_addons.file_transfers import FileTransfers
from proxy_addons.identify import Identify
from proxy_addons.inspect_documents import DocumentLimits
from proxy_addons.inspect_hello import InspectHello
from proxy_addons.inspect_web import Limits
from proxy_addons.lookup import lookups
from proxy_addons.names_only import NamesOnly
from proxy_addons.own_answers import OwnAnswers
from proxy_addons.own_names import OwnNames
from proxy_addons.parts import Parts
from proxy_addons.proxy_accounts import Accounts
from proxy_addons.proxy_sign_in import ProxySignIn
from proxy_addons.reading_addons import reading_addons
from proxy_addons.refusals import Refusals
from proxy_addons.trust_check import LABEL, TrustCheck
from proxy_addons.upstream.check import UpstreamCheck


def in_order(parts: Parts) -> list[object]:
    """In the order in which they see a message: ours to answer, who, whether at all, listed, remembered, read."""
    of_documents = DocumentLimits(one=parts.settings.document_bytes, together=parts.settings.documents_pending_bytes)
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
        *reading_addons(
            watchdog=parts.watchdog,
            reader=parts.reader,
            recorder=parts.recorder,
            inspection=parts.inspection,
            documents=parts.documents,
            child=parts.child,
            files=FileTransfers(of_documents.one, of_documents.together),
            illegal=parts.sensor.illegal,
            sighted=parts.sensor.sighted,
            limits=Limits(held=parts.settings.held_bytes),
            of_documents=of_documents,
        ),
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
