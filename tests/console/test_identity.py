"""How sure the system is of who it was is said in a sentence."""

from typing import Any

import pytest

from console.identity import Confidence, identity

NAMES = {"p1": "Robin", "p2": "Sam"}


@pytest.mark.parametrize(
    ("subject", "confidence", "sentence"),
    [
        (
            {"people": ["p1"], "identity_source": "address-list", "identity_age": 185.0},
            Confidence.KNOWN,
            "Known by the school’s address list, confirmed 3 min before.",
        ),
        ({"people": ["p1"], "identity_source": "agent"}, Confidence.KNOWN, "Known by who was signed in on the device."),
        (
            {"people": ["p1"], "identity_source": "proxy-sign-in"},
            Confidence.KNOWN,
            "Known by the sign-in at the proxy.",
        ),
        ({"people": ["p1"], "identity_source": "eduroam"}, Confidence.KNOWN, "Known by eduroam."),
        (
            {"people": ["p1", "p2", "p9"]},
            Confidence.POSSIBLE,
            "Possible: Robin, Sam or somebody you have no access to. They share this device or address.",
        ),
        ({"device": "lap-3"}, Confidence.UNKNOWN, "Unknown: nobody is on record for the device lap-3."),
        ({"address": "10.0.0.7"}, Confidence.UNKNOWN, "Unknown: nobody is on record for the address 10.0.0.7."),
        ({}, Confidence.UNKNOWN, "Unknown: nobody is on record for this device or address."),
    ],
)
def test_identity(subject: dict[str, Any], confidence: Confidence, sentence: str) -> None:
    said = identity(subject, NAMES)
    assert (said.confidence, said.sentence) == (confidence, sentence)
