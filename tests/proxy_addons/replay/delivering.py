"""Settings for a replay that delivers."""

from pathlib import Path

from detection.sealing import new_key

TOKEN = "a-token-for-tests"


def sensor_settings(folder: Path, url: str, *, token: Path | None = None, key: Path | None = None) -> Path:
    """A sensor's settings file, as ``--deliver`` takes it. Without a key, a pair is made in the folder."""
    if key is None and not (folder / "public.key").exists():
        new_key(folder / "private.key", folder / "public.key")
    if token is None:
        token = folder / "token"
        token.write_text(TOKEN)
        token.chmod(0o600)
    file = folder / "replay.toml"
    file.write_text(
        f'appliance_url = "{url}"\n'
        f'token_file = "{token}"\n'
        f'public_key = "{key or folder / "public.key"}"\n'
        f'outbox = "{folder}/outbox.db"\n'
        f'bindings_cache = "{folder}/bindings.json"\n'
    )
    return file
