"""What the audit looks up: what was done when, what was late, what is open, the milestones, a process's reports."""

INDEXES = {
    # everything the figures need, so that a month of tasks is counted without reading a task
    "task_done": "task (done_ms, case_file_id, element, done_office, office_id, worked_ms, waited_ms, late, cycle, state)"
    " WHERE done_ms IS NOT NULL",
    "task_late_done_ms": "task (done_ms) WHERE late",
    "task_open_element": "task (element, case_file_id, office_id, due_ms) WHERE state = 'open'",
    "case_file_organisation_process": "case_file (organisation_id, process, received_ms)",
    "journal_milestone": "journal (organisation, at_ms) WHERE kind = 'milestone'",
}


def up(migrator, db):
    for name, columns in INDEXES.items():
        db.execute_sql(f"CREATE INDEX {name} ON {columns}")


def down(migrator, db):
    for name in INDEXES:
        db.execute_sql(f"DROP INDEX {name}")
