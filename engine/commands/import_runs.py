"""An import from the page: uploaded, checked by the worker, confirmed by a person, done by the worker; may be left."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import orjson

from db import sql
from db.connect import transaction
from db.queries import imports as questions
from db.queries.imports import Run
from engine import vault
from engine.commands import importing
from engine.commands.importing import END_STATES, Tally, Terms
from engine.errands import LEASE_MS, Call, Handler
from engine.errors import Conflict, NotAllowed, NotFound
from engine.imports import tables
from engine.imports.identified import asked
from engine.imports.kept import Readable, Shelf
from engine.imports.limits import Unreadable
from engine.imports.lines import Flaw
from engine.imports.source import Source, source
from engine.offices import entries, intakes, policy
from engine.offices.intakes import Door
from engine.offices.people import Actor

KIND = "import"
CHECKING, READY, RUNNING, DONE, FAILED, STOPPED = "diperiksa", "siap", "berjalan", "selesai", "gagal", "batal"
KEEP_MS, YOUNG_MS = 7 * 86_400_000, 86_400_000
FLAWS_KEPT = 20_000
"""Rows with a flaw that are listed; their count goes on."""


def must_import(by: Actor, organisation: int, now: int) -> None:
    """Raises NotAllowed for everyone but administrators and offices that take reports in."""
    if "admin" not in by.powers and not entries.may_take_in(by, organisation, now):
        raise NotAllowed("import", "Mengimpor daftar lama adalah tugas administrator atau jabatan penerima surat.")


def upload(door: Door, name: str, arriving: Readable, shelf: Shelf, *, by: Actor, now: int) -> int:
    """Keeps an uploaded list sealed and has it checked; gives the id of its run. Raises Unreadable, NotAllowed."""
    must_import(by, door.organisation_id, now)
    token = secrets.token_urlsafe(24)
    try:
        kind = tables.kind_of(shelf.put(token, arriving))
        return _begin(door, name, kind, token, by, now)
    except BaseException:
        shelf.remove(token)
        raise


def _begin(door: Door, name: str, kind: str, token: str, by: Actor, now: int) -> int:
    with transaction():
        counts = {"total": 0, "good": 0, "bad": 0, "known": 0, "done": 0}
        run = sql.insert(
            "import_run",
            organisation_id=door.organisation_id,
            process=door.process,
            name="",
            kind=kind,
            state=CHECKING,
            end_state=importing.ARCHIVE,
            mapping="",
            made_by=by.account_id,
            person=by.person_id,
            made_ms=now,
            changed_ms=now,
            reason="",
            **counts,
        )
        _keep(run, {"token": token, "said": {}, "name": name[:200]})
        _want(run, door.organisation_id, now)
        return run


def _want(run: int, organisation: int, now: int) -> None:
    """Asks the worker to go on with a run."""
    sql.insert(
        "job",
        name=f"import:{run}:{secrets.token_hex(6)}",
        kind=KIND,
        payload=orjson.dumps({"run": run}).decode(),
        case_file_id=None,
        organisation=organisation,
        state="waiting",
        due_ms=now,
        attempts=0,
        lease_ms=0,
        error="",
        created_ms=now,
    )


def _keep(run: int, about: Mapping[str, Any]) -> None:
    """What a run knows of its file: sealed, for its name and headers may be someone's words."""
    sql.execute("UPDATE import_run SET mapping = ? WHERE id = ?", (vault.seal(dict(about), f"import:{run}"), run))


def about(run: Run) -> dict[str, Any]:
    """token, name (of the file), said and columns (our field → header), headers, why (sentence as msgid and facts)."""
    return dict(vault.unseal(run.mapping, f"import:{run.id}"))


def find(run_id: int, *, by: Actor, now: int) -> Run:
    """One run of this person's organisation; raises NotFound, NotAllowed."""
    organisation = policy.organisation_of(by)
    must_import(by, organisation, now)
    run = questions.run(run_id)
    if run is None or run.organisation_id != organisation:
        raise NotFound("import", run_id)
    return run


def choose_columns(run_id: int, said: Mapping[str, str], *, by: Actor, now: int) -> None:
    """Says which column is what and has the list checked again."""
    run = find(run_id, by=by, now=now)
    with transaction():
        _move(run.id, (READY, FAILED), CHECKING, now)
        _keep(run.id, about(run) | {"said": dict(said)})
        _want(run.id, run.organisation_id, now)


def confirm(run_id: int, end_state: str, *, by: Actor, now: int) -> None:
    """Starts the import of a checked list, as archive or as running cases."""
    run = find(run_id, by=by, now=now)
    if end_state not in END_STATES:
        raise NotFound("state", end_state)
    with transaction():
        _move(run.id, (READY,), RUNNING, now)
        sql.execute("UPDATE import_run SET end_state = ?, done = 0 WHERE id = ?", (end_state, run.id))
        _want(run.id, run.organisation_id, now)


def stop(run_id: int, shelf: Shelf, *, by: Actor, now: int) -> None:
    """Gives an import up before it began; its file is gone."""
    run = find(run_id, by=by, now=now)
    with transaction():
        _move(run.id, (CHECKING, READY, FAILED), STOPPED, now)
    shelf.remove(about(run)["token"])


def _move(run: int, before: Sequence[str], after: str, now: int) -> None:
    text = f"UPDATE import_run SET state = ?, changed_ms = ? WHERE id = ? AND state IN ({sql.marks(before)})"
    if sql.execute(text, (after, now, run, *before)).rowcount != 1:
        raise Conflict(f"import {run} has moved on")


# -- the worker's part -------------------------------------------------------------------------------------------------


def worker(shelf: Shelf, clock: Callable[[], int]) -> Handler:
    """What the worker does with a job of kind `import`."""

    def work(call: Call) -> Mapping[str, Any]:
        run = questions.run(int(call.facts["run"]))
        if run is None or run.state not in (CHECKING, RUNNING):
            return {}
        try:
            with shelf.opened(about(run)["token"]) as opener:
                _go_on(run, source(opener, **_terms_of_reading(run, clock())), call.name, clock)
        except Unreadable as refused:
            _failed(run, refused, clock())
        except FileNotFoundError:
            _failed(run, Unreadable("gone", "Berkasnya sudah tidak ada. Unggahlah kembali."), clock())
        if run.state == RUNNING:
            shelf.remove(about(run)["token"])
        return {}

    return work


def _terms_of_reading(run: Run, now: int) -> dict[str, Any]:
    return {"said": about(run)["said"], "zone": run.timezone, "organisation": run.organisation, "now": now} | {
        "asked": asked(intakes.door(run.process))
    }


def _go_on(run: Run, found: Source, job: str, clock: Callable[[], int]) -> None:
    def progress(tally: Tally) -> None:
        _count(run.id, tally, job, clock())

    if run.state == CHECKING:
        _checked(run, found, progress, clock)
        return
    actor = Actor(run.made_by, run.person)
    terms = Terms(run.organisation_id, run.organisation, run.process, actor, run.end_state)
    tally = importing.import_all(found, terms, clock=clock, progress=progress)
    importing.told(terms, tally, now=clock())
    with transaction():
        _move(run.id, (RUNNING,), DONE, clock())


def _checked(run: Run, found: Source, progress: Callable[[Tally], None], clock: Callable[[], int]) -> None:
    with transaction():
        sql.execute("DELETE FROM import_problem WHERE run_id = ?", (run.id,))
    kept = 0

    def flawed(flaws: Sequence[Flaw]) -> None:
        nonlocal kept
        with transaction():
            for flaw in flaws[: max(0, FLAWS_KEPT - kept)]:
                _note(run.id, flaw)
        kept += len(flaws)

    importing.check(found, flawed=flawed, progress=progress)
    columns = {field: found.columns.headers[place] for field, place in found.columns.places.items()}
    with transaction():
        _move(run.id, (CHECKING,), READY, clock())
        _keep(run.id, about(run) | {"headers": found.columns.headers, "columns": columns, "why": None})


def _note(run: int, flaw: Flaw) -> None:
    facts = orjson.dumps(dict(flaw.objection.facts)).decode()
    values = {"line": flaw.line, "field": flaw.field, "code": flaw.objection.code, "facts": facts}
    sql.insert("import_problem", run_id=run, **values)


def _count(run: int, tally: Tally, job: str, now: int) -> None:
    """How far it is, for the page; and the job stays in these hands."""
    counts = asdict(tally)
    counts.pop("read")
    with transaction():
        columns = ", ".join(f"{name} = ?" for name in counts)
        sql.execute(f"UPDATE import_run SET {columns}, changed_ms = ? WHERE id = ?", [*counts.values(), now, run])
        sql.execute("UPDATE job SET lease_ms = ? WHERE name = ? AND state = 'waiting'", (now + LEASE_MS, job))


def _failed(run: Run, refused: Unreadable, now: int) -> None:
    found = refused.objection
    with transaction():
        _move(run.id, (CHECKING, RUNNING), FAILED, now)
        why = {"msgid": found.msgid, "facts": dict(found.facts)}
        _keep(run.id, about(run) | {"why": why, "headers": refused.headers})
        sql.execute("UPDATE import_run SET reason = ? WHERE id = ?", (found.code, run.id))


# -- forgetting --------------------------------------------------------------------------------------------------------


def sweep(shelf: Shelf, *, now: int) -> int:
    """Gives up what nobody confirmed for a week, and forgets files no run waits for; gives how many files went."""
    with transaction():
        marks = sql.marks((CHECKING, READY, FAILED))
        text = f"UPDATE import_run SET state = ?, changed_ms = ? WHERE changed_ms < ? AND state IN ({marks})"
        sql.execute(text, (STOPPED, now, now - KEEP_MS, CHECKING, READY, FAILED))
    open_ = questions.unfinished((CHECKING, READY, RUNNING, FAILED))
    return shelf.sweep({about(run)["token"] for run in open_}, older_than=now - YOUNG_MS)
