"""Every row of the records from one database into another that has none: between SQLite and PostgreSQL, either way."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Connection, Insert, Table, Text, bindparam, cast, func, select, text
from sqlalchemy.exc import DataError, IntegrityError

from appliance.models import Base
from appliance.store import StoreError

AT_ONCE = 500
_AS_TEXT = "text_of_"


def copy(source: Connection, target: Connection, leave_out: Collection[str] = ()) -> None:
    """Both at the same version. It is there once the caller commits ``target``. StoreError where a row does not fit."""
    for table in Base.metadata.sorted_tables:
        if table.name in leave_out:
            continue
        try:
            for batch in _batches(source, table):
                target.execute(_insert(table, target.dialect.name), batch)
        except (DataError, IntegrityError, ValueError) as e:
            # The database's own words may hold a child's.
            raise StoreError(f"a row of {table.name} cannot be kept in {target.dialect.name}") from e
    if target.dialect.name == "postgresql":
        _go_on_counting(target)


def first_with_rows(connection: Connection) -> str | None:
    """The name of a table that has any."""
    for table in Base.metadata.sorted_tables:
        if connection.execute(select(table).limit(1)).first() is not None:
            return table.name
    return None


def _batches(source: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """In a stream: captures are many. What other rows of the same table refer to comes first: trusts before schools."""
    wanted = select(*(_read(column) for column in table.columns)).order_by(*_parents_first(table), *table.primary_key)
    streamed = source.execution_options(yield_per=AT_ONCE, stream_results=True).execute(wanted)
    for rows in streamed.partitions():
        yield [dict(row._mapping) for row in rows]


def _parents_first(table: Table) -> list[ColumnElement[bool]]:
    own = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    return [column.is_not(None) for column in own]


def _read(column: Column[Any]) -> ColumnElement[Any]:
    """JSON as the text it is, so that a null of the database and one of JSON stay what they are."""
    return cast(column, Text).label(_AS_TEXT + column.name) if isinstance(column.type, JSON) else column


def _insert(table: Table, dialect: str) -> Insert:
    written: dict[str, ColumnElement[Any]] = {}
    for column in table.columns:
        if isinstance(column.type, JSON):
            given = bindparam(_AS_TEXT + column.name, type_=Text())
            written[column.name] = cast(given, column.type) if dialect == "postgresql" else given
    return table.insert().values(written) if written else table.insert()


def _go_on_counting(target: Connection) -> None:
    """Rows came with their numbers, which PostgreSQL would give out again."""
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            highest = target.scalar(select(func.max(column)))
            sequence = {"table": table.name, "column": column.name, "at": highest or 1, "used": highest is not None}
            target.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :at, :used)"), sequence)
