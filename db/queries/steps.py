"""The steps of a case for its page: what is open, and of every step the last time it was done; never all of them."""

from dataclasses import fields

import orjson

from db import sql
from db.queries.cases import Task
from db.queries.papers import Done

MOST = 120
RECALLED = "ditarik"
"""The outcome of a task whose act was taken back: done and told, and no longer in force."""

_STEPS = """
SELECT t.id, t.case_file_id, t.element, t.name, t.process, t.instance, t.kind, t.form, t.role, t.office_id, o.name,
  t.state, t.cycle, t.offered_ms, t.opened_ms, t.claimed_ms, t.claimed_by, cp.name, t.started_ms, t.due_ms, t.norm_ms,
  t.limit_text, t.clock, t.since, t.wait_norm, t.sop_row, t.done_ms, t.done_by, dp.name, t.done_as, d.name,
  t.waited_ms, t.worked_ms, t.late, t.outcome, t.law_ms,
  t.done_office, COALESCE(d.role, ''), COALESCE(dp.nip, ''), COALESCE(dp.pangkat, ''),
  CASE WHEN t.done_as = 'wakil' THEN COALESCE((SELECT w.name FROM holding h JOIN office w ON w.id = h.office_id
    WHERE h.person_id = t.done_by AND h.kind = 'definitif' AND h.from_ms <= t.done_ms
    AND (h.until_ms IS NULL OR h.until_ms > t.done_ms) ORDER BY w.rank, w.id LIMIT 1), '') ELSE '' END,
  s.facts, COALESCE(s.sealed, '')
FROM task t LEFT JOIN office o ON o.id = t.office_id LEFT JOIN account a ON a.id = t.claimed_by
  LEFT JOIN person cp ON cp.id = a.person_id LEFT JOIN person dp ON dp.id = t.done_by
  LEFT JOIN office d ON d.id = t.done_office LEFT JOIN submission s ON s.task_id = t.id AND t.state = 'done'
WHERE t.case_file_id = ? AND (t.id = ? OR t.state = 'open' OR (t.state = 'done' AND t.outcome <> 'ditarik'
  AND NOT EXISTS (SELECT 1 FROM task n WHERE n.case_file_id = t.case_file_id AND n.element = t.element
    AND n.instance = t.instance AND n.cycle > t.cycle AND n.state = 'done' AND n.outcome <> 'ditarik')))
ORDER BY t.id DESC LIMIT ?
"""


def latest(case_id: int, also: int = 0) -> tuple[list[Task], list[Done]]:
    """The newest steps in the order they were offered, and their acts in the order they were done.

    `also` is a task that is given whatever became of it. Bounded by the diagram, not by how often it went around.
    """
    found = sql.rows(_STEPS, (case_id, also, MOST))[::-1]
    width = len(fields(Task))
    tasks = [Task(*row[:width]) for row in found]
    pairs = zip(tasks, found, strict=True)
    acts = [_done(task, row[width:]) for task, row in pairs if task.state == "done"]
    return tasks, sorted(acts, key=lambda act: (act.at_ms, act.task))


def _done(task: Task, more: sql.Row) -> Done:
    """The act of a task as the journal tells it: both were written together."""
    office_id, role, nip, pangkat, own_office, answers, sealed = more
    facts = {"due": task.due_ms, "late": bool(task.late), "waited_ms": task.waited_ms, "worked_ms": task.worked_ms}
    told = facts | {"outcome": task.outcome, "answers": orjson.Fragment(answers or "{}")}
    return Done(
        case_id=task.case_id,
        task=task.id,
        element=task.element,
        name=task.name,
        process=task.process,
        instance=task.instance,
        cycle=task.cycle,
        form=task.form,
        sop_row=task.sop_row,
        at_ms=task.done_ms or 0,
        office_id=office_id,
        office=task.done_office or "",
        role=role,
        person_id=task.done_by,
        person=task.by or "",
        nip=nip,
        pangkat=pangkat,
        acting_as=task.done_as,
        own_office=own_office,
        facts=orjson.dumps(told).decode(),
        sealed=sealed,
    )


def may_be_recalled(task_id: int, account_id: int) -> bool:
    """Whether this was the last act of its case, by this account, with nothing moved since."""
    text = (
        "SELECT 1 FROM last_act l JOIN workflow w ON w.case_file_id = l.case_file_id AND w.revision = l.revision"
        " WHERE l.task = ? AND l.account = ?"
    )
    return sql.row(text, (task_id, account_id)) is not None


def superiors(organisation: int) -> dict[int, int]:
    """The office above each office that has one."""
    text = "SELECT id, superior_id FROM office WHERE organisation_id = ? AND superior_id IS NOT NULL"
    return {int(office): int(above) for office, above in sql.rows(text, (organisation,))}
