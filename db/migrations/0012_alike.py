"""Which subjects the office has worded itself: only those are shown to others; in which language companions are told."""

WORDED = """
UPDATE case_file SET worded = TRUE WHERE state IN ('berjalan', 'insiden') AND EXISTS (SELECT 1 FROM task t
  WHERE t.case_file_id = case_file.id AND t.element = 'terima' AND t.state = 'done' AND t.outcome = 'lengkap')
"""


def up(migrator, db):
    kind = 'INTEGER' if 'Sqlite' in type(db).__name__ else 'BOOLEAN'
    db.execute_sql(f'ALTER TABLE case_file ADD COLUMN worded {kind} NOT NULL DEFAULT FALSE')
    db.execute_sql("ALTER TABLE companion ADD COLUMN language VARCHAR(5) NOT NULL DEFAULT 'id'")
    db.execute_sql(WORDED)


def down(migrator, db):
    db.execute_sql('ALTER TABLE companion DROP COLUMN language')
    db.execute_sql('ALTER TABLE case_file DROP COLUMN worded')
