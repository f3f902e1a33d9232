"""Where sealed texts lie: every column of every table, and the place each of its texts opens in.

A test walks all tables of an office at work, so that a column that is not named here is found.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter
from typing import Any

from peewee import CharField, TextField

from db import models, sql
from db.connect import database


@dataclass(frozen=True)
class Column:
    """A column of sealed texts; `place` names, in braces, the columns of the same row that its place is made of."""

    table: str
    name: str
    place: str
    key: str = "id"

    @property
    def parts(self) -> tuple[str, ...]:
        """The columns the place is made of."""
        return tuple(dict.fromkeys(part for _, part, _, _ in Formatter().parse(self.place) if part))

    def place_of(self, row: Mapping[str, Any]) -> str:
        """What binds the seal of this row to its place: moved elsewhere it does not open."""
        return self.place.format_map(row)


COLUMNS = (
    Column("reporter", "sealed", "reporter:{id}"),
    Column("narrative", "sealed", "narrative:{case_file_id}", "case_file_id"),
    Column("submission", "sealed", "submission:{task_id}"),
    Column("draft", "sealed", "draft:{name}"),
    Column("incident", "sealed_input", "incident:{case_file_id}"),
    Column("comment", "sealed", "comment:{case_file_id}"),
    Column("absence", "sealed_reason", "absence:{id}:reason"),
    Column("absence", "sealed_refusal", "absence:{id}:refusal"),
    Column("saved_filter", "query", "saved_filter:{account_id}"),
    Column("blank_sheet", "reason", "blank_sheet:{id}:reason"),
    Column("back_entry", "sealed", "back_entry:{id}"),
    Column("back_entry", "reason", "back_entry:{id}:refusal"),
    Column("import_run", "mapping", "import:{id}"),
    Column("erasure", "sealed", "erasure:{id}"),
    Column("breach", "sealed", "breach:{id}"),
    Column("memo", "sealed", "memo:{id}"),
    Column("publication_version", "sealed", "publication:{publication_id}:{seq}"),
    Column("nik_dispute", "sealed", "nik_dispute:{id}"),
    Column("nik_dispute", "sealed_answer", "nik_dispute:{id}:answer"),
    Column("incidental_report", "sealed", "incidental:{id}"),
    Column("sms_in", "sealed", "sms_in:{id}"),
    Column("sms_out", "sealed", "sms_out:{id}"),
)


def known() -> list[Column]:
    """The columns that this database has."""
    there = set(database.get_tables())
    return [column for column in COLUMNS if column.table in there]


@lru_cache(maxsize=1)
def text_columns() -> tuple[tuple[str, str], ...]:
    """Every column of every table that could hold a text."""
    return tuple(
        (str(model._meta.table_name), str(field.column_name))
        for model in models.ALL
        for field in model._meta.sorted_fields
        if isinstance(field, CharField | TextField)
    )


def still_under(key_id: str) -> Iterator[tuple[str, str, int]]:
    """Which columns, named here or not, hold texts under that key, and how many."""
    for table, name in text_columns():
        count = int(sql.value(f'SELECT COUNT(*) FROM "{table}" WHERE "{name}" LIKE ?', (f"v1.{key_id}.%",)))
        if count:
            yield table, name, count
