"""What cases are found by, and the indexes of the desk. Documents are written by engine.search, which has the keys."""

import time

SEARCH = {
    'sqlite': [
        "CREATE VIRTUAL TABLE case_search USING fts5(plain, words, names, detail=none, columnsize=0, tokenize='ascii')",
    ],
    'postgresql': [
        'CREATE TABLE case_search ('
        ' case_file_id INTEGER NOT NULL PRIMARY KEY REFERENCES case_file (id) ON DELETE RESTRICT,'
        " plain TEXT NOT NULL DEFAULT '', words TEXT NOT NULL DEFAULT '', names TEXT NOT NULL DEFAULT '',"
        ' tokens TSVECTOR NOT NULL GENERATED ALWAYS AS ('
        "array_to_tsvector(array_remove(string_to_array(plain || ' ' || words || ' ' || names, ' '), ''))) STORED)",
        'ALTER TABLE case_search ALTER COLUMN tokens SET STATISTICS 1000',  # else rare words are taken for common ones
        'CREATE INDEX case_search_tokens ON case_search USING gin (tokens)',
    ],
}
INDEXES = [
    (
        'task_desk',
        "task (office_id, COALESCE(due_ms, norm_ms, 9000000000000000), id, case_file_id) WHERE state = 'open'",
    ),
    (
        'task_desk_new',
        "task (office_id, COALESCE(due_ms, norm_ms, 9000000000000000), id) WHERE state = 'open' AND opened_ms IS NULL",
    ),
    ('task_desk_norm', "task (office_id, norm_ms) WHERE state = 'open' AND opened_ms IS NULL"),
    ('task_desk_came', "task (office_id, offered_ms, id) WHERE state = 'open'"),
    ('task_desk_case', "task (office_id, (case_file_id + 0), id) WHERE state = 'open'"),
    ('task_desk_mine', "task (claimed_by) WHERE state = 'open' AND claimed_by IS NOT NULL"),
    ('task_seen', 'task (office_id, case_file_id)'),
    ('task_taken', 'task (taken_from, case_file_id) WHERE taken_from IS NOT NULL'),
    ('case_file_newest', 'case_file (organisation_id, id)'),
    ('case_file_newest_in', 'case_file (organisation_id, state, id)'),
]
REINDEX = (
    'INSERT INTO job (name, kind, payload, state, due_ms, attempts, lease_ms, error, created_ms)'
    " SELECT 'reindex', 'reindex', '{}', 'waiting', %d, 0, 0, '', %d WHERE EXISTS (SELECT 1 FROM case_file)"
)


def up(migrator, db):
    for text in SEARCH['sqlite' if 'Sqlite' in type(db).__name__ else 'postgresql']:
        db.execute_sql(text)
    for name, over in INDEXES:
        db.execute_sql(f'CREATE INDEX {name} ON {over}')
    now = int(time.time() * 1000)
    db.execute_sql(REINDEX % (now, now))  # what is there already is written by the worker, which has the keys


def down(migrator, db):
    for name, _ in INDEXES:
        db.execute_sql(f'DROP INDEX {name}')
    db.execute_sql('DROP TABLE case_search')
    db.execute_sql("DELETE FROM job WHERE kind = 'reindex'")
