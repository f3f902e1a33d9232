"""The register of outgoing letters: each gets its number once, when it is first put on paper, and keeps it."""

from db import sql
from db.connect import in_transaction, transaction
from engine.offices import numbering
from engine.papers import covering, letter
from engine.papers.acts import Act
from engine.papers.dossier import Dossier


def number_of(case: Dossier, part: str, now: int) -> str:
    """The number of the answer to this part of a case; raises NotFound while nobody has approved one."""
    return _of(case, letter.approval(case, part), now)


def number_of_note(case: Dossier, now: int) -> str:
    """The number of the covering note of this case; raises NotFound while none is written."""
    return _of(case, covering.written(case), now)


def _of(case: Dossier, act: Act, now: int) -> str:
    known = _known(act.task)
    if known is not None:
        return known
    with transaction():
        return _entered(case, act.task, act.at_ms, now)


def _known(task: int) -> str | None:
    found = sql.value("SELECT number FROM letter WHERE task = ?", (task,))
    return None if found is None else str(found)


def _entered(case: Dossier, task: int, approved_ms: int, now: int) -> str:
    assert in_transaction()
    head = case.head
    sql.row("SELECT id FROM case_file WHERE id = ?" + sql.for_update(), (head.id,))
    known = _known(task)
    if known is not None:
        return known  # printed twice at the same moment
    number = numbering.take(head.organisation_id, "letter", head.zone, approved_ms)
    sql.insert(
        "letter", organisation_id=head.organisation_id, number=number, case_file_id=head.id, task=task, at_ms=now
    )
    return number
