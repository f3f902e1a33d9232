"""The population register as keyed hashes; disputes of who used a NIK."""

TABLES = (
    """
    CREATE TABLE register_run (id {serial}, organisation_id INTEGER NOT NULL, state VARCHAR(12) NOT NULL,
      people INTEGER NOT NULL, duplicates INTEGER NOT NULL, flawed INTEGER NOT NULL, begun_ms {long} NOT NULL,
      in_force_ms {long}, person INTEGER,
      FOREIGN KEY (organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT)
    """,
    """
    CREATE TABLE register_entry (run INTEGER NOT NULL, nik {bytes} NOT NULL, pair {bytes} NOT NULL,
      PRIMARY KEY (run, nik))
    """,
    """
    CREATE TABLE nik_dispute (id {serial}, organisation_id INTEGER NOT NULL, nik_mark VARCHAR(64) NOT NULL,
      sealed TEXT NOT NULL, registry VARCHAR(16) NOT NULL DEFAULT '', state VARCHAR(12) NOT NULL, at_ms {long} NOT NULL,
      decided_ms {long}, decided_by INTEGER, decided_office INTEGER, sealed_answer TEXT NOT NULL DEFAULT '',
      send_key VARCHAR(64) NOT NULL,
      FOREIGN KEY (organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT)
    """,
    'CREATE INDEX register_run_organisation_id ON register_run (organisation_id)',
    'CREATE INDEX register_run_organisation_id_state ON register_run (organisation_id, state)',
    'CREATE INDEX nik_dispute_organisation_id ON nik_dispute (organisation_id)',
    'CREATE INDEX nik_dispute_organisation_id_state_id ON nik_dispute (organisation_id, state, id)',
    'CREATE INDEX nik_dispute_nik_mark ON nik_dispute (nik_mark)',
    'CREATE UNIQUE INDEX nik_dispute_send_key ON nik_dispute (send_key)',
)
SQLITE = {'serial': 'INTEGER NOT NULL PRIMARY KEY', 'long': 'INTEGER', 'bytes': 'BLOB'}
POSTGRESQL = {'serial': 'SERIAL NOT NULL PRIMARY KEY', 'long': 'BIGINT', 'bytes': 'BYTEA'}


def up(migrator, db):
    kinds = SQLITE if 'Sqlite' in type(db).__name__ else POSTGRESQL
    for text in TABLES:
        db.execute_sql(text.format(**kinds))


def down(migrator, db):
    for table in ('nik_dispute', 'register_entry', 'register_run'):
        db.execute_sql(f'DROP TABLE {table}')
