"""When a diagram cannot go on: the act is undone, written down with its cause, and can be tried again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from db import sql
from db.connect import transaction
from engine import journal, vault
from engine.errors import NotFound, ProcessBroken
from engine.held import Held
from engine.offices import policy
from engine.offices.people import Actor


@contextmanager
def guard(
    verb: str,
    *,
    now: int,
    task_id: int | None = None,
    case_id: int | None = None,
    by: Actor | None = None,
    answers: Mapping[str, Any] | None = None,
) -> Iterator[None]:
    """Around a verb's transaction: an engine error becomes an incident, once the act itself is rolled back."""
    try:
        yield
    except ProcessBroken as broken:
        case = case_id if case_id is not None else _case_of(task_id)
        if case is not None:
            with transaction():
                _write_down(verb, case, task_id, broken, by, answers, now)
        raise


def _case_of(task_id: int | None) -> int | None:
    found = sql.value("SELECT case_file_id FROM task WHERE id = ?", (task_id,))
    return None if found is None else int(found)


def _write_down(
    verb: str,
    case_id: int,
    task_id: int | None,
    broken: ProcessBroken,
    by: Actor | None,
    answers: Mapping[str, Any] | None,
    now: int,
) -> None:
    organisation = sql.value("SELECT organisation_id FROM case_file WHERE id = ?", (case_id,))
    sql.row("SELECT revision FROM workflow WHERE case_file_id = ?" + sql.for_update(), (case_id,))
    incident = _known(case_id, verb, task_id, broken.cause, now) or sql.insert(
        "incident",
        case_file_id=case_id,
        task=task_id,
        verb=verb,
        element=broken.element or "",
        cause=broken.cause,
        sealed_input=vault.seal(dict(answers or {}), f"incident:{case_id}"),
        actor=by.account_id if by else None,
        at_ms=now,
    )
    sql.execute("UPDATE case_file SET state = 'insiden' WHERE id = ? AND state = 'berjalan'", (case_id,))
    facts = {"incident": incident, "verb": verb}
    entry = journal.Entry("incident", now, task=task_id, element=broken.element or "", facts=facts)
    journal.append(int(organisation), case_id, [entry])


def _known(case_id: int, verb: str, task_id: int | None, cause: str, now: int) -> int | None:
    """The same act failing again is the same incident, with its latest cause."""
    text = "SELECT id FROM incident WHERE case_file_id = ? AND verb = ? AND COALESCE(task, 0) = ? AND solved_ms IS NULL"
    known = sql.value(text, (case_id, verb, task_id or 0))
    if known is not None:
        sql.execute("UPDATE incident SET cause = ?, at_ms = ? WHERE id = ?", (cause, now, known))
    return None if known is None else int(known)


def kept_input(incident_id: int) -> tuple[str, int, int | None, int | None, dict[str, Any]]:
    """What the retry needs: verb, case, task, account and the answers that were given. Raises NotFound."""
    found = sql.row(
        "SELECT verb, case_file_id, task, actor, sealed_input FROM incident WHERE id = ? AND solved_ms IS NULL",
        (incident_id,),
    )
    if found is None:
        raise NotFound("incident", incident_id)
    verb, case_id, task, actor, sealed = found
    return str(verb), int(case_id), task, actor, dict(vault.unseal(sealed, f"incident:{case_id}"))


def solved(incident_id: int, case_id: int, by: Actor, now: int) -> None:
    """Closes an incident after its act went through; the case runs again once none is left."""
    with transaction():
        organisation = sql.value("SELECT organisation_id FROM case_file WHERE id = ?", (case_id,))
        sql.row("SELECT revision FROM workflow WHERE case_file_id = ?" + sql.for_update(), (case_id,))
        sql.execute("UPDATE incident SET solved_ms = ? WHERE id = ?", (now, incident_id))
        _runs_again(case_id)
        entry = journal.Entry("incident_solved", now, person=by.person_id, facts={"incident": incident_id})
        journal.append(int(organisation), case_id, [entry])


def overtaken(held: Held, now: int, task_id: int | None = None) -> None:
    """Inside a verb: its task was done after all, or the whole case needs nothing more; their incidents are over."""
    if held.state != "insiden":
        return
    which, values = ("", []) if task_id is None else (" AND task = ?", [task_id])
    text = f"UPDATE incident SET solved_ms = ? WHERE case_file_id = ? AND solved_ms IS NULL{which}"
    sql.execute(text, [now, held.case_id, *values])
    _runs_again(held.case_id)


def _runs_again(case_id: int) -> None:
    left = "SELECT 1 FROM incident WHERE case_file_id = ? AND solved_ms IS NULL LIMIT 1"
    if sql.row(left, (case_id,)) is None:
        sql.execute("UPDATE case_file SET state = 'berjalan' WHERE id = ? AND state = 'insiden'", (case_id,))


def actor_of(account_id: int) -> Actor:
    """The person behind an account, for repeating their act in their name."""
    found = sql.row("SELECT person_id, powers FROM account WHERE id = ?", (account_id,))
    if found is None:
        raise NotFound("account", account_id)
    return Actor(account_id, int(found[0]), frozenset(str(found[1]).split()))


def may_retry(by: Actor) -> None:
    """Raises NotAllowed unless they are an administrator."""
    policy.must_have(by, "admin", "retry")
