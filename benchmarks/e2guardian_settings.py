"""e2guardian with its shipped phrase lists, on a port of its own, weighing every page and blocking none."""

import re
from pathlib import Path

SHIPPED = Path("/etc/e2guardian")


def write_e2guardian(port: int, folder: Path) -> Path:
    group = folder / "e2guardianf1.conf"
    text = (SHIPPED / "e2guardianf1.conf").read_text()
    group.write_text(re.sub(r"(?m)^#?\s*naughtynesslimit\s*=.*$", "naughtynesslimit = 1000000", text))
    main = (SHIPPED / "e2guardian.conf").read_text()
    for key, value in {
        "filterip": "127.0.0.1",
        "filterports": str(port),
        "transparenthttpsport": "0",
        "checkip": "127.0.0.1",
        "daemonuser": "'root'",
        "daemongroup": "'root'",
        "loglocation": f"'{folder}/access.log'",
        "pidfilename": f"'{folder}/pid'",
        "loglevel": "0",
        "dstatlocation": f"'{folder}/dstats'",
    }.items():
        main = re.sub(rf"(?m)^#?\s*{key}\s*=.*$", f"{key} = {value}", main, count=1)
    file = folder / "e2guardian.conf"
    file.write_text(main)
    return file
