"""The gateway on a machine whose clock is three hours ahead."""

import sys
from datetime import datetime, timedelta, tzinfo

from proxy_addons.gateway import main

AHEAD = timedelta(hours=3)


class Wrong(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + AHEAD


if __name__ == "__main__":
    for name, module in list(sys.modules.items()):
        if name.startswith(("detection.", "proxy_addons.")) and getattr(module, "datetime", None) is datetime:
            module.datetime = Wrong  # type: ignore[attr-defined]
    sys.exit(main(sys.argv[1:]))
