"""A document as LibreOffice itself writes it, made once for all tests."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory


@cache
def converted(text: str, kind: str) -> bytes:
    with TemporaryDirectory() as folder:
        source = Path(folder, "essay.txt")
        source.write_text(text, "utf-8")
        profile = f"-env:UserInstallation=file://{folder}/profile"
        asked = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, str(source)]
        subprocess.run(asked, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
        return Path(folder, f"essay.{kind}").read_bytes()
