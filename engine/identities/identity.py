"""Whether who reports stands in the population register: asked as the case begins, else later, until it is known."""

from contextlib import suppress
from typing import Any

import orjson

from db import sql
from db.connect import transaction
from engine import errands, letters, store, vault
from engine.errands import Due
from engine.errors import SlowDown
from engine.held import Held, hold
from engine.identities import register
from engine.offices import accounts

KIND = "identity"
FREE_BY_NIK, FREE_BY_SOURCE = 3, 20
"""Identities a day that do not match and cost nothing; one address may be that of a whole village."""
NO_REGISTER_MS = 7 * 86_400_000
"""How long until it is asked again where there is no register at all; an import asks at once."""


def begun(held: Held, now: int) -> None:
    """What is known of who reported, told in the case's journal; asked later where it is not known yet."""
    known = _known(held.reporter)
    if not known:
        return
    held.note("identity", now, facts={"registry": known})
    if known == register.UNCHECKED:
        _later(held, now)


def _known(reporter: int) -> str:
    return str(sql.value("SELECT registry FROM reporter WHERE id = ?", (reporter,)) or "")


def _later(held: Held, now: int) -> None:
    columns = {"state": "waiting", "due_ms": now, "attempts": 0, "lease_ms": 0, "error": "", "created_ms": now}
    payload = orjson.dumps({"case": held.case_id}).decode()
    name = f"identity:{held.case_id}"
    of = {"case_file_id": held.case_id, "organisation": held.organisation}
    sql.insert("job", name=name, kind=KIND, payload=payload, **of, **columns)


def work(job: Due, now: int) -> None:
    """Asks the register for one case; without an answer later again, however often."""
    found = _to_ask(int(job.payload["case"]))
    if found is None:
        return _done(job, "", now)
    try:
        answer = register.ask(*found)
    except register.Unanswered as silence:
        pause = NO_REGISTER_MS if silence.none else errands.pause(job.attempts)
        return errands.put_off(job, now + pause, "" if silence.none else "register tidak menjawab")
    return _answered(job, found[1], answer, now)


def _answered(job: Due, nik: str, answer: str, now: int) -> None:
    """A try that is known to be wrong only now makes the next one under this NIK wait all the same."""
    _done(job, answer, now)
    if answer != register.UNMATCHED:
        return
    with suppress(SlowDown), accounts.guarded("nik", mark_of(nik), now=now, free=FREE_BY_NIK, forgives=False) as tries:
        tries.wrong = True


def _to_ask(case: int) -> tuple[int, str, str] | None:
    """Organisation, NIK and mother's name; None once there is nothing to ask, or nobody."""
    text = (
        "SELECT c.organisation_id, r.id, r.sealed, r.registry FROM case_file c JOIN reporter r ON r.id = c.reporter_id"
        " WHERE c.id = ?"
    )
    organisation, reporter, sealed, known = sql.row(text, (case,)) or (0, 0, None, "")
    who = letters.identity(int(reporter), sealed)
    if who is None or not who.nik or known != register.UNCHECKED:
        return None
    return int(organisation), who.nik, who.mother


def _done(job: Due, answer: str, now: int) -> None:
    with transaction():
        held = hold(int(job.payload["case"]))
        if errands.mine(job, "done", now) and answer and _known(held.reporter) == register.UNCHECKED:
            tell(held, answer, now)


def tell(held: Held, registry: str, now: int, **signed: Any) -> None:
    """Inside a verb, its case held: what is known of who reported changes; the journal tells it without naming them."""
    sql.execute("UPDATE reporter SET registry = ? WHERE id = ?", (registry, held.reporter))
    held.note("identity", now, facts={"registry": registry}, **signed)
    store.note_down(held)


def mark_of(nik: str) -> str:
    """Under which mark a NIK is recognised."""
    return vault.mark("nik", nik)


class Slowed:
    """One try to report under a NIK: wrong ones make the next wait, ever longer; nothing of it is lost."""

    def __init__(self, nik: str, source: str, now: int) -> None:
        self.known = accounts.guarded("nik", mark_of(nik), now=now, free=FREE_BY_NIK, forgives=False)
        self.there = accounts.guarded("nik from", source, now=now, free=FREE_BY_SOURCE, forgives=False)

    def __enter__(self) -> "Slowed":
        """Raises SlowDown."""
        self.there.__enter__()
        try:
            self.known.__enter__()
        except BaseException:
            self.there.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.known.__exit__()
        self.there.__exit__()

    def ended(self, case: int) -> None:
        """The case has begun; it counts as a wrong try where the register does not know its reporter."""
        text = "SELECT r.registry FROM reporter r JOIN case_file c ON c.reporter_id = r.id WHERE c.id = ?"
        self.known.wrong = self.there.wrong = sql.value(text, (case,)) == register.UNMATCHED


class _Free(Slowed):
    """A report without a NIK is never slowed by one."""

    def __init__(self) -> None:
        """Nothing is counted."""

    def __enter__(self) -> Slowed:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was counted."""

    def ended(self, case: int) -> None:
        """Nothing is counted."""


def slowed(nik: str, source: str, *, now: int) -> Slowed:
    """Counts a report under this NIK from this address."""
    return Slowed(nik, source, now) if nik else _Free()
