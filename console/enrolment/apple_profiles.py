"""Profiles for iPhone, iPad and Mac: one with the certificate, another with the proxy, for supervised devices."""

import plistlib

from console.enrolment.root_certificate import RootCertificate
from console.enrolment.settings import EnrolmentSettings

MEDIA_TYPE = "application/x-apple-aspen-config"


def certificate_profile(settings: EnrolmentSettings, root: RootCertificate) -> bytes:
    payload = {
        "PayloadType": "com.apple.security.root",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"{_reversed(settings.hostname)}.root.certificate",
        "PayloadUUID": root.identifier("certificate payload"),
        "PayloadDisplayName": root.name,
        "PayloadDescription": "Lets this device open pages that the school’s network has read.",
        "PayloadCertificateFileName": "gatehouse-root.cer",
        "PayloadContent": root.der,
    }
    return _profile(settings, root, "root", f"{settings.school}: certificate", payload)


def proxy_profile(settings: EnrolmentSettings, root: RootCertificate) -> bytes:
    """Devices take a proxy for all networks from a profile only where they are supervised."""
    payload = {
        "PayloadType": "com.apple.proxy.http.global",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"{_reversed(settings.hostname)}.proxy.global",
        "PayloadUUID": root.identifier("proxy payload"),
        "PayloadDisplayName": f"{settings.school}: proxy",
        "ProxyType": "Auto",
        "ProxyPACURL": f"http://{settings.hostname}/proxy.pac",
        "ProxyPACFallbackAllowed": settings.fail_open,
        "ProxyCaptiveLoginAllowed": True,
    }
    return _profile(settings, root, "proxy", f"{settings.school}: proxy", payload)


def _profile(
    settings: EnrolmentSettings, root: RootCertificate, what: str, title: str, payload: dict[str, object]
) -> bytes:
    return plistlib.dumps(
        {
            "PayloadType": "Configuration",
            "PayloadVersion": 1,
            "PayloadIdentifier": f"{_reversed(settings.hostname)}.{what}",
            "PayloadUUID": root.identifier(f"{what} profile"),
            "PayloadDisplayName": title,
            "PayloadOrganization": settings.school,
            "PayloadDescription": f"Of {settings.school}. What it is for: http://{settings.hostname}/",
            "PayloadRemovalDisallowed": False,
            "PayloadContent": [payload],
        }
    )


def _reversed(hostname: str) -> str:
    return ".".join(reversed(hostname.split(".")))
