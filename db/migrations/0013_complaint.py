"""What a complaint is about, whose it is and how it was answered, as columns; who a citizen is to the register."""

CASE = {
    'topic': "VARCHAR(64) NOT NULL DEFAULT ''",
    'kind': "VARCHAR(32) NOT NULL DEFAULT ''",
    'place': "VARCHAR(64) NOT NULL DEFAULT ''",
    'unit': "VARCHAR(64) NOT NULL DEFAULT ''",
    'rating': 'INTEGER',
    'first_ms': '{long}',
    'answered_ms': '{long}',
    'lapsed': '{boolean} NOT NULL DEFAULT FALSE',
}
REPORTER = {
    'nik_mark': "VARCHAR(64) NOT NULL DEFAULT ''",
    'registry': "VARCHAR(16) NOT NULL DEFAULT ''",
}
INDEXES = {
    'case_file_unit': 'case_file (organisation_id, unit, state, id)',
    'case_file_answered': 'case_file (organisation_id, process, answered_ms)',
    'reporter_nik': "reporter (organisation_id, nik_mark) WHERE nik_mark <> ''",
}


def up(migrator, db):
    sqlite = 'Sqlite' in type(db).__name__
    kinds = {'boolean': 'INTEGER' if sqlite else 'BOOLEAN', 'long': 'INTEGER' if sqlite else 'BIGINT'}
    for table, columns in (('case_file', CASE), ('reporter', REPORTER)):
        for name, kind in columns.items():
            db.execute_sql(f'ALTER TABLE {table} ADD COLUMN {name} {kind.format(**kinds)}')
    for name, over in INDEXES.items():
        db.execute_sql(f'CREATE INDEX {name} ON {over}')


def down(migrator, db):
    for name in INDEXES:
        db.execute_sql(f'DROP INDEX {name}')
    for table, columns in (('case_file', CASE), ('reporter', REPORTER)):
        for name in columns:
            db.execute_sql(f'ALTER TABLE {table} DROP COLUMN {name}')
