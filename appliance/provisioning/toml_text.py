"""Settings as TOML text: names and values at the top, then tables, then tables of which there are several."""

import json
from collections.abc import Mapping, Sequence

Value = str | int | float | bool | Sequence[str]
Table = Mapping[str, Value]

HEAD = "# Written by gatehouse provision from box.toml: change that file, then run it again."


def toml(
    top: Table, tables: Mapping[str, Table] | None = None, several: Mapping[str, Sequence[Table]] | None = None
) -> str:
    lines = [HEAD, *_rows(top)]
    for name, table in (tables or {}).items():
        lines += ["", f"[{_key(name)}]", *_rows(table)]
    for name, each in (several or {}).items():
        for table in each:
            lines += ["", f"[[{name}]]", *_rows(table)]
    return "\n".join(lines) + "\n"


def _rows(table: Table) -> list[str]:
    return [f"{_key(name)} = {json.dumps(value, ensure_ascii=False)}" for name, value in table.items()]


def _key(name: str) -> str:
    return name if name.isidentifier() else json.dumps(name)
