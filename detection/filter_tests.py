"""Known services with which schools test their filters: named in the reasons, for whatever is seen there counts."""

from collections.abc import Mapping

SERVICES: Mapping[str, str] = {
    "amtso.org": "the security features check of AMTSO",
    "eicar.org": "the test file of EICAR",
    "exampleadultsite.com": "the test pages of Cisco Umbrella",
    "examplebotnetdomain.com": "the test pages of Cisco Umbrella",
    "examplemalwaredomain.com": "the test pages of Cisco Umbrella",
    "internetbadguys.com": "the test pages of Cisco Umbrella",
    "testfiltering.com": "Test Filtering of the South West Grid for Learning",
    "testsafebrowsing.appspot.com": "the test pages of Google Safe Browsing",
    "urlfiltering.paloaltonetworks.com": "the test pages of Palo Alto Networks",
    "wicar.org": "the test pages of WICAR",
}
"""By domain, each with everything below it. Pupils know these pages too, so being there excuses nothing."""


def service_of(host: str) -> str:
    """What it is called; empty for any other host."""
    labels = host.rstrip(".").lower().split(".")
    return next((SERVICES[name] for at in range(len(labels)) if (name := ".".join(labels[at:])) in SERVICES), "")


def said_of(host: str) -> tuple[str, ...]:
    """A sentence for the reviewer, or none."""
    service = service_of(host)
    return (f"This was at {service}, a service for testing filters. It is graded as anywhere else.",) if service else ()
