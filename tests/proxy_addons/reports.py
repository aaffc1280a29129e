"""What tests of the whole gateway ask through it, and how they find what it reported."""

from tests.proxy_addons.deadline import eventually

WORDS = "i want to hurt myself"
BROWSER = {"Accept": "text/html,*/*;q=0.8"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


def reported(running, words):
    return eventually(lambda: running.appliance.report_of(words))


def evidence_of(running, report):
    """The entries of the bundle named in the detection, and the bodies by their hash."""
    entries = eventually(lambda: running.appliance.index(report.evidence.index))
    bodies = {h: eventually(lambda n=n: running.appliance.blobs.get(n)) for n, h in report.evidence.blobs.items()}
    return entries, bodies
