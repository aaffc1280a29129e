"""A sensor that flags one thing, and an appliance that knows who one address is."""

import json

from detection.grading import Detection
from detection.observation import Observation
from tests.detection.factories import detection
from tests.detection.scripted_appliance import Asked, Scripted

BINDINGS = {
    "organisation": "hill-school",
    "bindings": [
        {
            "address": "10.0.0.7",
            "device": None,
            "person": "p-17",
            "role": "pupil",
            "age_band": "11-16",
            "source": "address-list",
            "since": None,
        }
    ],
}


class FlagsUnkindness:
    def detect(self, observation: Observation) -> Detection | None:
        return detection(observation=observation) if "nobody likes you" in observation.text else None


def bindings_answer(asked: Asked) -> Scripted | None:
    return Scripted(200, json.dumps(BINDINGS).encode(), {"ETag": '"1"'}) if asked.method == "GET" else None
