"""e2guardian with its shipped phrase lists, on a port of its own, weighing every page and blocking none."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path("/etc/e2guardian")


@dataclass(frozen=True)
class Opening:
    """How it opens TLS that is led to it (MITM)."""

    port: int
    authority: Path
    """Key and certificate in one PEM."""
    key: Path
    """Of all certificates that it makes."""


def write_e2guardian(port: int, folder: Path, opens: Opening | None = None) -> Path:
    group = folder / "e2guardianf1.conf"
    text = set_to((SHIPPED / "e2guardianf1.conf").read_text(), {"naughtynesslimit": "1000000"})
    text = set_to(text, {"sslmitm": "on", "mitmcheckcert": "off"}) if opens else text
    group.write_text(text)
    main = (SHIPPED / "e2guardian.conf").read_text()
    settings = {
        "filterip": "" if opens else "127.0.0.1",
        "filterports": str(port),
        "transparenthttpsport": str(opens.port if opens else 0),
        "checkip": "127.0.0.1",
        "daemonuser": "'root'",
        "daemongroup": "'root'",
        "loglocation": f"'{folder}/access.log'",
        "pidfilename": f"'{folder}/pid'",
        "loglevel": "0",
        "dstatlocation": f"'{folder}/dstats'",
    }
    if opens:
        made = folder / "certificates"
        made.mkdir()
        settings |= {
            "enablessl": "on",
            "cacertificatepath": f"'{opens.authority}'",
            "caprivatekeypath": f"'{opens.authority}'",
            "certprivatekeypath": f"'{opens.key}'",
            "generatedcertpath": f"'{made}/'",
            "generatedcertstart": str(int(time.time()) - 86_400),  # ten years from 2014 otherwise
        }
    file = folder / "e2guardian.conf"
    file.write_text(set_to(main, settings))
    return file


def set_to(text: str, settings: Mapping[str, str]) -> str:
    """Whether the setting stands there or only as a comment."""
    for key, value in settings.items():
        text = re.sub(rf"(?m)^#?\s*{key}\s*=.*$", f"{key} = {value}", text, count=1)
    return text
