"""The cases of a month by when they ended, for the recaps; which letters and reports have lost their words already."""

INDEX = "case_file_ended ON case_file (organisation_id, process, COALESCE(closed_ms, 9000000000000000), received_ms)"
EMPTIED = ("memo", "incidental_report", "breach")


def up(migrator, db):
    kind = "INTEGER" if "Sqlite" in type(db).__name__ else "BOOLEAN"
    db.execute_sql(f"CREATE INDEX {INDEX}")
    for table in EMPTIED:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN emptied {kind} NOT NULL DEFAULT FALSE")


def down(migrator, db):
    for table in EMPTIED:
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN emptied")
    db.execute_sql("DROP INDEX case_file_ended")
