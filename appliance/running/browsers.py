"""How a browser on this machine is pointed at the gateway without changing what it trusts elsewhere."""

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from shlex import quote

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

START = "https://www.lookup.test/"
PREFERENCES = """\
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "{host}");
user_pref("network.proxy.http_port", {port});
user_pref("network.proxy.ssl", "{host}");
user_pref("network.proxy.ssl_port", {port});
user_pref("network.proxy.no_proxies_on", "");
user_pref("browser.startup.homepage", "{start}");
"""


def chromium(roots: Sequence[Path], proxy: str, profile: Path) -> str:
    """A command line. The roots are vouched for by the hashes of their keys, in this profile alone."""
    return " ".join(
        (
            "chromium",
            f"--user-data-dir={quote(str(profile))}",
            f"--proxy-server={proxy}",
            f"--ignore-certificate-errors-spki-list={','.join(map(key_hash, roots))}",
            START,
        )
    )


def firefox(roots: Sequence[Path], profile: Path) -> str:
    """Command lines for the profile that ``firefox_profile`` has made; certutil is in libnss3-tools."""
    database = f"certutil -d sql:{quote(str(profile))}"
    trust = [f"{database} -A -n {root.stem} -t C,, -i {quote(str(root))}" for root in roots]
    start = f"firefox --no-remote --profile {quote(str(profile))} {START}"
    return "\n".join((f"{database} -N --empty-password", *trust, start))


def firefox_profile(profile: Path, host: str, port: int) -> None:
    profile.mkdir(parents=True, exist_ok=True, mode=0o700)
    (profile / "user.js").write_text(PREFERENCES.format(host=host, port=port, start=START))


def key_hash(root: Path) -> str:
    """SHA-256 of the public key, base64: what Chromium's option wants."""
    key = x509.load_pem_x509_certificate(root.read_bytes()).public_key()
    return base64.b64encode(
        hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    ).decode()
