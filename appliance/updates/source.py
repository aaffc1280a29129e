"""Where updates come from, by The Update Framework: nothing is believed that its keys have not signed lately.

Whoever holds the web server, or stands between, can give nothing else, nothing older and nothing from long ago.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.ngclient import Updater
from tuf.ngclient.fetcher import FetcherInterface

from appliance.updates.offer import NAME, Offer
from appliance.updates.settings import UpdateSettings

_WHY = (
    (ExpiredMetadataError, "it has not been signed anew in time: it is old, or somebody holds newer things back"),
    (BadVersionNumberError, "it is older than what was seen before: somebody may be offering what has known faults"),
    (UnsignedMetadataError, "it is not signed by the publisher"),
)
_CHUNK = 1 << 16


class UpdateError(ValueError):
    """An update that must not be installed, or cannot be had; the message says why."""


class Source:
    def __init__(self, settings: UpdateSettings) -> None:
        metadata, self._downloads = settings.state / "metadata", settings.state / "downloads"
        for folder in (metadata, self._downloads):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        at = settings.folder.resolve().as_uri() if settings.folder else settings.source.rstrip("/")
        with _refusing(settings.source):
            self._updater = Updater(
                metadata_dir=str(metadata),
                metadata_base_url=f"{at}/metadata/",
                target_dir=str(self._downloads),
                target_base_url=f"{at}/targets/",
                fetcher=_Folder() if settings.folder else None,
                bootstrap=settings.root.read_bytes(),
            )
        self._from = settings.source

    def offer(self) -> Offer:
        """The newest release. UpdateError where it cannot be had or believed."""
        with _refusing(self._from):
            self._updater.refresh()
        try:
            return Offer.of_json(self._get(NAME).read_bytes())
        except ValueError as e:
            raise UpdateError(str(e)) from e

    def fetch(self, offer: Offer) -> Path:
        """Its archive, verified; once downloaded it is not downloaded again."""
        for old in self._downloads.glob("gatehouse-*"):
            if old.name != offer.archive:
                old.unlink()
        return self._get(offer.archive)

    def _get(self, name: str) -> Path:
        with _refusing(self._from):
            info = self._updater.get_targetinfo(name)
            if info is None:
                raise UpdateError(f"{self._from}: does not offer {name}")
            return Path(self._updater.find_cached_target(info) or self._updater.download_target(info))


class _Folder(FetcherInterface):  # type: ignore[misc, unused-ignore]  # where tuf is not installed
    """A stick that somebody brought is no less checked."""

    def _fetch(self, url: str) -> Iterator[bytes]:
        file = Path(unquote(urlsplit(url).path))
        if not file.is_file():
            raise DownloadHTTPError(f"{file}: is not there", 404)
        return self._pieces(file)

    @staticmethod
    def _pieces(file: Path) -> Iterator[bytes]:
        with file.open("rb") as opened:
            while piece := opened.read(_CHUNK):
                yield piece


@contextmanager
def _refusing(source: str) -> Iterator[None]:
    """Say in a sentence why an update is not taken."""
    try:
        yield
    except LengthOrHashMismatchError as e:
        raise UpdateError(f"{source}: what was downloaded is not what was signed") from e
    except DownloadError as e:
        raise UpdateError(f"{source}: cannot be reached, or does not have it: {e}") from e
    except RepositoryError as e:
        why = next((why for known, why in _WHY if isinstance(e, known)), "what was downloaded is not as it should be")
        raise UpdateError(f"{source}: {why}") from e
