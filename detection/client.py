"""A sensor's side of HTTPS to its appliance: who is spoken to, how they prove it, and what they answered."""

import ipaddress
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import urllib3
from urllib3.exceptions import HTTPError, LocationParseError, SSLError

from detection.client_tls import tls
from detection.settings import SettingsError

LONGEST_ANSWER = 32 * 2**20
_TOKEN = re.compile(r"[\x21-\x7e]{8,512}")


class Failure(StrEnum):
    """Why there is no answer."""

    UNREACHABLE = "unreachable"
    """No connection: nothing was sent."""
    CERTIFICATE = "certificate"
    """The other end could not prove to be the appliance: nothing was sent."""
    NO_ANSWER = "no answer"
    """Connected, but the answer did not come or broke off."""


class NoAnswerError(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSettings:
    appliance_url: str
    """``https://…``; plain HTTP for loopback only."""
    token_file: Path | None = None
    """What a gateway proves with who it is; a device has a certificate instead, and while it has not, nothing."""
    ca_file: Path | None = None
    """Who signs the appliance's certificate; None for the system's own list."""
    client_certificate: Path | None = None
    """With the chain, as PEM; the other end must then speak TLS 1.3."""
    client_key: Path | None = None
    timeout: float = 60.0
    """Seconds without a byte after which an answer is given up."""

    def __post_init__(self) -> None:
        if problem := _problem(self.appliance_url):
            raise SettingsError(f"appliance_url: {problem}")
        if (self.client_certificate is None) != (self.client_key is None):
            raise SettingsError("client_key: is required with client_certificate, and the other way round")
        if self.token_file and self.client_key:
            raise SettingsError("token_file: either a token or a client_certificate says who speaks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def retry_after(self) -> float:
        """Seconds the appliance asks to be left alone; 0 where it says nothing one can read."""
        value = self.headers.get("Retry-After", "")
        return float(value) if re.fullmatch(r"\d{1,9}", value, re.ASCII) else 0.0


class Client:
    """Usable from several threads. Raises SettingsError where the token or the CA file is unfit."""

    def __init__(self, settings: ClientSettings) -> None:
        self._base = settings.appliance_url.rstrip("/")
        self._token_file = settings.token_file
        self._token = read_token(settings.token_file) if settings.token_file else ""
        self._settings = settings
        self._pool, self._shown = _pool(settings), _shown(settings)

    def request(self, method: str, path: str, body: bytes, media_type: str) -> Answer:
        """Whatever the appliance answers, redirects included; NoAnswerError if it does not."""
        return self._exchange(method, path, body, {"Content-Type": media_type})

    def get(self, path: str, etag: str = "", wait: int = 0) -> Answer:
        """A 304 where ``etag`` still holds; with ``wait`` after so many seconds, if nothing changes before."""
        headers = {"If-None-Match": etag} if etag else {}
        return self._exchange("GET", path, None, headers | ({"Prefer": f"wait={wait}"} if wait else {}))

    def _exchange(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        sent = {"User-Agent": "gatehouse-sensor", **headers}
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        try:
            response = self._pool.request(
                method, self._base + path, body=body, headers=sent, redirect=False, preload_content=False
            )
            return Answer(status=response.status, body=_read(response), headers=response.headers)
        except (HTTPError, OSError) as e:
            raise NoAnswerError(_failure(e)) from e

    def reread_proof(self) -> bool:
        """After a refusal: whether the file of the token, or of the certificate, now says something new. An unfit file
        leaves the old one in force."""
        before = (self._token, self._shown)
        with suppress(SettingsError):
            if self._token_file:
                self._token = read_token(self._token_file)
            if _shown(self._settings) != self._shown:
                self.reread_certificate()
        return (self._token, self._shown) != before

    def reread_certificate(self) -> None:
        """Show the one that the file holds now; SettingsError, and the old one stays, where it will not do."""
        shown = _shown(self._settings)
        old, self._pool, self._shown = self._pool, _pool(self._settings), shown
        old.clear()

    def close(self) -> None:
        self._pool.clear()


def read_token(file: Path) -> str:
    """The token in ``file``, which nobody but its owner may read."""
    try:
        with file.open("rb") as opened:
            mode, content = os.fstat(opened.fileno()).st_mode, opened.read(1024)
    except OSError as e:
        raise SettingsError(f"{file}: the token cannot be read: {e.strerror}") from e
    if os.name == "posix" and mode & 0o077:
        raise SettingsError(f"{file}: others can read the token; chmod 600 it")
    token = content.decode("ascii", "replace").strip()
    if not _TOKEN.fullmatch(token):
        raise SettingsError(f"{file}: does not hold a token (one line of 8 to 512 letters without spaces)")
    return token


def _read(response: urllib3.BaseHTTPResponse) -> bytes:
    body = response.read(LONGEST_ANSWER + 1)
    if len(body) > LONGEST_ANSWER:
        response.close()
        raise HTTPError("the answer is too long")
    response.release_conn()
    return body


def _failure(error: Exception) -> Failure:
    if isinstance(error, SSLError):
        return Failure.CERTIFICATE
    connecting = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError, LocationParseError)
    return Failure.UNREACHABLE if isinstance(error, connecting) else Failure.NO_ANSWER


def _pool(settings: ClientSettings) -> urllib3.PoolManager:
    return urllib3.PoolManager(
        maxsize=4,
        ssl_context=tls(settings.ca_file, settings.client_certificate, settings.client_key),
        timeout=urllib3.Timeout(connect=10, read=settings.timeout),
        retries=False,
    )


def _shown(settings: ClientSettings) -> bytes:
    """What the other end is shown; nothing where the file cannot be read, which is said where it is loaded."""
    with suppress(OSError):
        return settings.client_certificate.read_bytes() if settings.client_certificate else b""
    return b""


def _problem(url: str) -> str | None:
    try:
        parsed = urllib3.util.parse_url(url)
    except LocationParseError:
        return "is not a URL"
    if parsed.scheme not in ("http", "https") or not parsed.host:
        return "must be https://HOST"
    if parsed.auth or parsed.query or parsed.fragment:
        return "must be no more than https://HOST[:PORT][/PATH]"
    if parsed.scheme == "http" and not _is_loopback(parsed.host):
        return "plain http is for loopback only: use https"
    return None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
