"""Records as rows: one STRICT table per kind, TEXT and INTEGER columns only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

from rallyapp.domain.records import TABLES, Column, Record, columns, table_of

R = TypeVar("R", bound=Record)


@cache
def column_names(kind: type[Record]) -> str:
    """Name a kind's columns, for a SELECT or an INSERT."""
    return ", ".join(f'"{column.name}"' for column in columns(kind))


@cache
def upsert(kind: type[Record]) -> str:
    """Give the statement that writes a whole row, new or not."""
    names = [column.name for column in columns(kind)]
    places = ", ".join("?" * len(names))
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != "id")
    return (
        f'INSERT INTO "{table_of(kind)}" ({column_names(kind)}) VALUES ({places}) ON CONFLICT (id) DO UPDATE SET {sets}'
    )


def row_of(record: Record) -> tuple[Any, ...]:
    """Turn a record into the values of its row, in the order of ``column_names``."""
    return tuple(column.write(getattr(record, column.name)) for column in columns(type(record)))


@cache
def _readers(kind: type[Record]) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    def reader(column: Column) -> Callable[[Any], Any] | None:
        return None if column.holds in (str, int) else column.read  # STRICT columns hold those as they are

    return tuple((column.name, reader(column)) for column in columns(kind))


def records_of(kind: type[R], rows: Iterable[tuple[Any, ...]]) -> Iterator[R]:
    """Turn rows (in the order of ``column_names``) into records."""
    readers = _readers(kind)
    for row in rows:
        yield kind(
            **{
                name: value if read is None or value is None else read(value)
                for (name, read), value in zip(readers, row, strict=True)
            }
        )


@cache
def referring(table: str) -> tuple[tuple[type[Record], Column], ...]:
    """List the columns of all kinds that refer to a table."""
    return tuple((kind, column) for kind in TABLES.values() for column in columns(kind) if column.refers_to == table)
