"""Our gateway as a benchmark runs it: the full shipped library, and an appliance that is away."""

from pathlib import Path

from detection.sealing import new_key


def write_gateway(port: int, folder: Path, more: str = "") -> Path:
    """``more``: further settings, such as the modes."""
    new_key(folder / "appliance.key", folder / "appliance.pub")
    token = folder / "token"
    token.write_text("a-token-nobody-checks")
    token.chmod(0o600)
    file = folder / "gateway.toml"
    file.write_text(
        f"""state = "{folder}/state"
listen_port = {port}
{more}
origin_ca = "{folder.parent}/origin.pem"

[sensor]
appliance_url = "http://127.0.0.1:9"
token_file = "{token}"
public_key = "{folder}/appliance.pub"
outbox = "{folder}/outbox.db"
bindings_cache = "{folder}/bindings.json"
"""
    )
    return file
