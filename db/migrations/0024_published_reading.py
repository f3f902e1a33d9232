"""Which processes an organisation publishes of, without reading everything that is published."""

INDEX = "publication_process ON publication (organisation_id, process)"


def up(migrator, db):
    db.execute_sql(f"CREATE INDEX {INDEX}")


def down(migrator, db):
    db.execute_sql("DROP INDEX publication_process")
