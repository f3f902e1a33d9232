"""The law's date on the tasks without a limit of their own, and which came back: as the desk lists and counts them."""

COLUMNS = {"law_ms": "{long}", "returned": "{boolean} NOT NULL DEFAULT FALSE"}
BEFORE = {
    "task_desk": "(office_id, COALESCE(due_ms, norm_ms, 9000000000000000), id, case_file_id) WHERE state = 'open'",
    "task_desk_new": (
        "(office_id, COALESCE(due_ms, norm_ms, 9000000000000000), id) WHERE state = 'open' AND opened_ms IS NULL"
    ),
    "task_open_element": "(element, case_file_id, office_id, due_ms) WHERE state = 'open'",
}
NOW = {
    "task_desk": (
        "(office_id, COALESCE(due_ms, law_ms, norm_ms, 9000000000000000), id, case_file_id) WHERE state = 'open'"
    ),
    "task_desk_new": (
        "(office_id, COALESCE(due_ms, law_ms, norm_ms, 9000000000000000), id)"
        " WHERE state = 'open' AND opened_ms IS NULL"
    ),
    "task_desk_law": "(office_id, law_ms, id) WHERE state = 'open' AND law_ms IS NOT NULL",
    "task_open_element": "(element, case_file_id, office_id, due_ms, clock) WHERE state = 'open'",
}
KNOWN = (
    "UPDATE task SET law_ms = (SELECT c.due_ms FROM case_file c WHERE c.id = task.case_file_id)"
    " WHERE state = 'open' AND kind = 'user' AND due_ms IS NULL AND limit_text IN ('', 'tanpa-batas')"
    " AND case_file_id IN (SELECT id FROM case_file WHERE due_ms IS NOT NULL)"
)


def up(migrator, db):
    sqlite = "Sqlite" in type(db).__name__
    kinds = {"boolean": "INTEGER" if sqlite else "BOOLEAN", "long": "INTEGER" if sqlite else "BIGINT"}
    _drop(db, BEFORE)
    for name, kind in COLUMNS.items():
        db.execute_sql(f"ALTER TABLE task ADD COLUMN {name} {kind.format(**kinds)}")
    db.execute_sql(KNOWN)
    _make(db, NOW)


def down(migrator, db):
    _drop(db, NOW)
    for name in COLUMNS:
        db.execute_sql(f"ALTER TABLE task DROP COLUMN {name}")
    _make(db, BEFORE)


def _drop(db, indexes):
    for name in indexes:
        db.execute_sql(f"DROP INDEX {name}")


def _make(db, indexes):
    for name, over in indexes.items():
        db.execute_sql(f"CREATE INDEX {name} ON task {over}")
