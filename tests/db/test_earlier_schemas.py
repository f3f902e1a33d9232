"""Every schema that was ever released, with an office's data in it, is brought up by `migrate`: nothing changes."""

from typing import Any

import pytest
from backups import PASSPHRASE, SCHEMAS, looked_at, use_keys

from db import migrate, sql, tables
from db.tables import Shape
from engine import journal, vault
from engine.backups import restoring

RELEASED = sorted(path.stem for path in SCHEMAS.glob("*.cadangan"))


def rows(shapes: list[Shape]) -> dict[str, list[Any]]:
    return {
        shape.name: sql.rows(f"SELECT {', '.join(shape.columns)} FROM {shape.name} ORDER BY {shape.columns[0]}")
        for shape in shapes
    }


@pytest.mark.parametrize("schema", RELEASED)
def test_an_office_of_an_earlier_release_goes_on(empty_database: str, tmp_path: Any, schema: str) -> None:
    found = looked_at(SCHEMAS / f"{schema}.cadangan")
    restoring.fill(found, PASSPHRASE, tmp_path / "kept")
    assert [name[:4] for name in migrate.applied()][-1] == schema
    shapes = tables.shapes()
    before = rows(shapes)
    assert {name: len(lines) for name, lines in before.items()} == found.manifest["rows"]
    assert migrate.up() == migrate.known()[len(found.manifest["migrations"]) :]
    sql.execute("DELETE FROM job WHERE kind = 'reindex'")  # the one thing a migration may ask for
    assert rows(shapes) == before
    assert journal.verify() == []
    use_keys(found.keys["data"])
    for case, told in sql.rows("SELECT case_file_id, sealed FROM narrative"):
        assert vault.unseal(told, f"narrative:{case}")["chronology"]
