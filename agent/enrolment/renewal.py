"""A new certificate for the same key, asked for while the old one still holds, so that there is no gap."""

import json
import logging
from datetime import datetime
from pathlib import Path

from agent.enrolment import enrolled
from detection.client import Client, NoAnswerError
from detection.json_object import WireError, read_object
from detection.private_file import replace_privately
from detection.settings import SettingsError

log = logging.getLogger(__name__)


def renew_where_due(client: Client, state: Path, now: datetime, *, asked: bool = False) -> bool:
    """``asked``: the appliance says it is time. Whether there is a new one; whatever goes wrong, the old one holds."""
    device = enrolled.read(state)
    if not asked and not device.is_due(now):
        return False
    try:
        _renew(client, device)
    except (NoAnswerError, WireError, SettingsError, OSError) as e:
        log.warning("the certificate is not renewed: %s", e)
        return False
    log.info("the certificate was renewed")
    return True


def _renew(client: Client, device: enrolled.Enrolled) -> None:
    from detection.enrolling import device_key  # once a year: not worth its memory all the year

    key = device.key.read_bytes()
    said = {"version": 1, "csr": device_key.request(key, device.device)}
    answer = client.request("POST", "/agent/certificate", json.dumps(said).encode(), "application/json")
    if answer.status != 201:
        raise WireError(f"answer {answer.status}")
    certificate = read_object(answer.body).text("certificate")
    if not device_key.belongs(key, certificate):
        raise WireError("certificate: is not for the key of this device")
    replace_privately(device.certificate, certificate.encode())
    client.reread_certificate()
    row = enrolled.device_row(device.appliance_url, device.device, device.organisation, device_key.life_of(certificate))
    replace_privately(device.folder / enrolled.DEVICE, row)
