"""What an office has disposed is found by the office that did it."""


def up(migrator, db):
    db.execute_sql(
        'CREATE INDEX task_disposed ON task (done_office, form, done_ms) WHERE done_office IS NOT NULL'
    )


def down(migrator, db):
    db.execute_sql('DROP INDEX task_disposed')
