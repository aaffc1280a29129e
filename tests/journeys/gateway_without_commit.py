"""The gateway with the commit of its outbox taken out, to show that the journeys would notice."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import detection.outbox
from proxy_addons.gateway import main


@contextmanager
def without_commit(db: sqlite3.Connection) -> Iterator[None]:
    """detection.outbox_file.transaction but for its COMMIT: all that follows goes into the same open transaction."""
    if not db.in_transaction:
        db.execute("BEGIN IMMEDIATE")
    yield


if __name__ == "__main__":
    detection.outbox.transaction = without_commit
    sys.exit(main(sys.argv[1:]))
