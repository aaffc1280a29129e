"""What provisioning has made on a machine, in the order it was made: what ``--remove`` takes away, and nothing else."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance.provisioning.machine import Machine
from detection.private_file import replace_privately

FILE = Path("/var/lib/gatehouse-provision/ledger.json")

Facts = dict[str, Any]


class LedgerError(Exception):
    """The ledger cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Key:
    """``kind`` says how it is undone, ``name`` which one: file /etc/sysctl.d/50-gatehouse.conf."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Ledger:
    """Written at once at every note, so that a killed run is found as far as it came."""

    def __init__(self, machine: Machine) -> None:
        self._file = machine.at(FILE)
        self._rows: dict[Key, Facts] = {}
        try:
            rows = json.loads(self._file.read_text("utf-8"))
            self._rows = {Key(row["kind"], row["name"]): row["facts"] for row in rows}
        except FileNotFoundError:
            pass
        except (OSError, ValueError, KeyError, TypeError) as e:
            raise LedgerError(f"{self._file}: cannot be read ({type(e).__name__}); put it back from a backup") from e

    def __contains__(self, key: Key) -> bool:
        return key in self._rows

    def facts(self, key: Key) -> Facts:
        return self._rows.get(key, {})

    def made(self) -> list[Key]:
        return list(self._rows)

    def note(self, key: Key, **facts: Any) -> None:
        self._rows[key] = self.facts(key) | facts
        self._write()

    def strike(self, key: Key) -> None:
        self._rows.pop(key, None)
        if self._rows:
            self._write()
        else:
            self._file.unlink(missing_ok=True)
            if self._file.parent.exists():
                self._file.parent.rmdir()

    def _write(self) -> None:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        rows = [{"kind": key.kind, "name": key.name, "facts": facts} for key, facts in self._rows.items()]
        replace_privately(self._file, json.dumps(rows, indent=1).encode() + b"\n")
