"""The journal is verified in the background: asked for, done by the worker with its progress, the result kept."""

import time
from dataclasses import dataclass
from typing import Any

import orjson

from db import sql
from db.connect import transaction
from engine import journal
from engine.errors import NotFound
from engine.offices import policy
from engine.offices.people import Actor

KIND = "verify"
FAULTS_KEPT = 200
LEASE_MS = 3_600_000


@dataclass(frozen=True)
class Verified:
    """What a verification found: done when (UTC ms), how many faults, entries and seconds, the first faults."""

    done_ms: int
    faults: int
    entries: int
    seconds: float
    places: tuple[tuple[str, int, str], ...] = ()  # chain, entry, what is wrong


def ask(organisation: int, *, by: Actor, now: int) -> None:
    """Puts a verification in line, unless one is; the journal tells who asked. Raises NotAllowed, NotFound."""
    policy.must_have(by, "auditor", "verify")
    if policy.organisation_of(by) != organisation:
        raise NotFound("organisation", organisation)
    with transaction():
        sql.row("SELECT id FROM organisation WHERE id = ?" + sql.for_update(), (organisation,))
        state, _, payload = _row(organisation)
        if state == "waiting":
            return
        _put(organisation, known=bool(state), payload=payload, now=now)
        journal.append(organisation, None, [journal.Entry("verify_asked", now, person=by.person_id)])


def _name(organisation: int) -> str:
    return f"{KIND}:{organisation}"


def _row(organisation: int) -> tuple[str, int, dict[str, Any]]:
    """State ("" for none), since when, payload of the one job of this organisation that verifies."""
    found = sql.row("SELECT state, created_ms, payload FROM job WHERE name = ?", (_name(organisation),))
    return ("", 0, {"organisation": organisation}) if found is None else (found[0], found[1], orjson.loads(found[2]))


def _put(organisation: int, *, known: bool, payload: dict[str, Any], now: int) -> None:
    if known:
        again = (
            "UPDATE job SET state = 'waiting', due_ms = ?, created_ms = ?, lease_ms = 0, attempts = 0 WHERE name = ?"
        )
        sql.execute(again, (now, now, _name(organisation)))
        return
    columns = {"state": "waiting", "due_ms": now, "attempts": 0, "lease_ms": 0, "error": "", "created_ms": now}
    text = orjson.dumps(payload).decode()
    sql.insert("job", name=_name(organisation), kind=KIND, payload=text, organisation=organisation, **columns)


def last(organisation: int) -> Verified | None:
    """The last verification that is done; None before the first."""
    found = _row(organisation)[2].get("result")
    if not found:
        return None
    places = tuple((str(a), int(b), str(c)) for a, b, c in found["places"])
    return Verified(found["done_ms"], found["faults"], found["entries"], found["seconds"], places)


def under_way(organisation: int) -> int | None:
    """Since when (UTC ms) a verification waits or runs; None when none does."""
    state, since, _ = _row(organisation)
    return since if state == "waiting" else None


def run(job_id: int, organisation: int, now: int) -> None:
    """Verifies every chain and seal, then keeps what was found; the worker calls it."""
    with transaction():  # nobody else begins the same while a long journal is read
        sql.execute("UPDATE job SET lease_ms = ? WHERE id = ?", (now + LEASE_MS, job_id))
    began = time.monotonic()
    faults = [f for f in journal.verify() if _ours(f, organisation)]
    result = {
        "done_ms": now,
        "faults": len(faults),
        "entries": int(sql.value("SELECT COUNT(*) FROM journal WHERE organisation = ?", (organisation,))),
        "seconds": round(time.monotonic() - began, 2),
        "places": [(f.chain, f.seq, f.what) for f in faults[:FAULTS_KEPT]],
    }
    with transaction():
        text = "UPDATE job SET state = 'done', done_ms = ?, payload = ? WHERE id = ? AND state = 'waiting'"
        payload = orjson.dumps({"organisation": organisation, "result": result}).decode()
        if sql.execute(text, (now, payload, job_id)).rowcount == 1:
            facts = {"faults": result["faults"], "entries": result["entries"]}
            journal.append(organisation, None, [journal.Entry("verified", now, facts=facts)])


def _ours(fault: journal.Fault, organisation: int) -> bool:
    """Whether a fault lies in this organisation's journal: its own chain and seals, and its cases'."""
    kind, _, key = fault.chain.partition(":")
    if kind != "case":
        return key == str(organisation)
    owner = sql.value("SELECT organisation_id FROM case_file WHERE id = ?", (int(key),)) if key.isdecimal() else None
    return owner in (None, organisation)
