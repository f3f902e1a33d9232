"""What a case knows, read without touching it: where a task waits, for proposals in forms, and as a whole."""

from typing import Any

from db import sql
from engine.diagrams.releases import Closure
from engine.runtime import Running


def at(task_id: int, closure: Closure) -> dict[str, Any]:
    """The facts at this open task; {} when it has gone on."""
    text = "SELECT w.state, t.key FROM task t JOIN workflow w ON w.case_file_id = t.case_file_id WHERE t.id = ?"
    found = sql.row(f"{text} AND t.state = 'open'", (task_id,))
    if found is None:
        return {}
    running = Running.restore(closure.diagram, bytes(found[0]))
    waiting = next((one for one in running.waiting if one.key == found[1]), None)
    return {} if waiting is None else dict(waiting.data)


def of(case_id: int, closure: Closure) -> dict[str, Any]:
    """The facts of a case where its process stands, or ended; {} where there is no such case."""
    found = sql.row("SELECT state FROM workflow WHERE case_file_id = ?", (case_id,))
    return {} if found is None else Running.restore(closure.diagram, bytes(found[0])).data
