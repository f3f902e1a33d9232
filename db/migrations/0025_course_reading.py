"""How a case went, read without its journal: what was promised and kept, each step's way, whose it was and when.

An index entry must fit into a third of a page of PostgreSQL: what the journal tells at length is found beside.
"""

TOLD = "kind IN ('milestone', 'unreached', 'promised', 'completed', 'sent', 'fired')"
INDEXES = {
    "journal_course": f"journal (case_file, kind, at_ms, facts) WHERE {TOLD} AND length(facts) <= 600",
    "journal_course_long": f"journal (case_file, kind) WHERE {TOLD} AND length(facts) > 600",
    "task_course": "task (case_file_id, element, offered_ms, office_id, done_ms, late)",
}


def up(migrator, db):
    for name, over in INDEXES.items():
        db.execute_sql(f"CREATE INDEX {name} ON {over}")


def down(migrator, db):
    for name in INDEXES:
        db.execute_sql(f"DROP INDEX {name}")
