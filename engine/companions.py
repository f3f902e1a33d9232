"""Who has met with the same as a case tells of: told once when it is answered, or ends without an answer.

They are told that there is an answer, never what it says: an answer is written to one reporter and may name them.
"""

from db import sql
from engine import mailing, store, vault
from engine.held import Held
from engine.sms import numbers, rules

ANSWERED, ENDED = "serupa_dijawab", "serupa_berakhir"
_ANSWER = "isi_balasan"
"""The text of a form that is an answer to the reporter."""


def tell_answer(held: Held, now: int) -> None:
    """Inside a verb's transaction: the answer has left for the reporter."""
    _tell(held, ANSWERED, now)


def tell_end(held: Held, now: int, *, withdrawn: bool = False) -> None:
    """Inside a verb's transaction: the case has ended. Who was told of an answer before is told nothing more."""
    if _waiting(held.case_id):
        _tell(held, ANSWERED if not withdrawn and _answered(held.case_id) else ENDED, now)


def _waiting(case_id: int) -> list[sql.Row]:
    text = (
        "SELECT k.id, r.id, r.sealed, k.language FROM companion k JOIN reporter r ON r.id = k.reporter_id"
        " WHERE k.case_file_id = ? AND r.sealed IS NOT NULL ORDER BY k.id"
    )
    return sql.rows(text, (case_id,))


def _tell(held: Held, message: str, now: int) -> None:
    """A mail of its own for each who gave an address, an SMS where there is only a mobile number and the organisation
    sends SMS; the others are called by whoever may see their number."""
    texts = rules.of(held.organisation) is not None
    for companion, reporter, sealed, language in _waiting(held.case_id):
        who = vault.unseal(sealed, f"reporter:{reporter}")
        if who["email"] or (texts and numbers.mobile(str(who["phone"]))):
            whom = {"reporter": reporter, "language": language}
            name = f"serupa:{companion}"
            mailing.order(name, message, now, case=held.case_id, organisation=held.organisation, **whom)


def _answered(case_id: int) -> bool:
    text = (
        "SELECT s.task_id, s.sealed FROM submission s JOIN task t ON t.id = s.task_id"
        " WHERE s.case_file_id = ? AND t.outcome <> 'ditarik' ORDER BY s.id DESC"
    )
    return any(store.texts_of(task, sealed).get(_ANSWER) for task, sealed in sql.rows(text, (case_id,)))
