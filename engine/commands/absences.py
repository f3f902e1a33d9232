""" "Saya berhalangan": the absent proposes who stands in, the superior agrees by letter of order, or says why not."""

from dataclasses import dataclass
from typing import Any

from db import sql
from db.connect import transaction
from engine import journal, vault
from engine.commands import changes
from engine.commands.appointments import Order, order_problems, put_in_force
from engine.errors import Conflict, FormInvalid, NotAllowed, NotFound, Objection
from engine.offices import notices, people
from engine.offices.people import Actor

LONGEST_REASON = 500
OPEN = "diajukan"


def propose_absence(
    office: int, substitute: int, *, kind: str, from_ms: int, until_ms: int, reason: str, by: Actor, now: int
) -> int:
    """The definitive holder of an office asks to be stood in for, from one instant to another (end exclusive).

    Raises NotFound for an office that is not theirs, FormInvalid as an appointment would. The reason is kept sealed.
    """
    with transaction():
        organisation = _mine(office, by, now)
        order = Order(office, substitute, kind, from_ms, until_ms, "", "")
        problems = order_problems(order, organisation) | _proposal_problems(office, by, reason, from_ms, until_ms, now)
        changes.refuse(problems)
        absence = _insert(order, by, now)
        sealed = vault.seal({"text": reason.strip()}, _place(absence, "reason"))
        sql.execute("UPDATE absence SET sealed_reason = ? WHERE id = ?", (sealed, absence))
        row = _absence(absence, by)
        _note("absence_proposed", row, by, now)
        _tell(deciders(row.office, row.person, row.substitute, now), "berhalangan-usul", row, now)
        return absence


def approve_absence(absence: int, *, letter: str, letter_date: str, by: Actor, now: int) -> int:
    """The superior's letter of order: the substitute's time is put in force; gives the holding.

    It begins now where it would have begun before. Raises NotFound, NotAllowed, Conflict once decided, FormInvalid.
    """
    with transaction():
        row = _decidable(absence, by, now)
        if row.until_ms <= now:
            raise changes.objection("letter", "over", "Masa ini sudah lewat. Tolak usul ini, atau minta usul baru.")
        begins = max(row.from_ms, now)
        order = Order(row.office, row.substitute, row.kind, begins, row.until_ms, letter, letter_date)
        try:
            holding = put_in_force(order, by, now)
        except FormInvalid as refused:
            raise FormInvalid(_at_the_letter(refused)) from refused
        _decide(row, "disetujui", by, now, holding=holding)
        _note("absence_approved", row, by, now, letter=letter.strip())
        _tell([row.person, row.substitute], "berhalangan-disetujui", row, now)
        return holding


def refuse_absence(absence: int, *, reason: str, by: Actor, now: int) -> None:
    """The superior does not agree, and says why. Raises NotFound, NotAllowed, Conflict, FormInvalid."""
    with transaction():
        row = _decidable(absence, by, now)
        changes.refuse(_reason_problems(reason))
        sealed = vault.seal({"text": reason.strip()}, _place(absence, "refusal"))
        sql.execute("UPDATE absence SET sealed_refusal = ? WHERE id = ?", (sealed, absence))
        _decide(row, "ditolak", by, now)
        _note("absence_refused", row, by, now)
        _tell([row.person], "berhalangan-ditolak", row, now)


def withdraw_absence(absence: int, *, by: Actor, now: int) -> None:
    """Whoever proposed takes it back while nobody has decided. Raises NotFound, Conflict."""
    with transaction():
        row = _absence(absence, by)
        if row.person != by.person_id:
            raise NotFound("absence", absence)
        _still_open(row)
        _decide(row, "dicabut", by, now)
        _note("absence_withdrawn", row, by, now)


def deciders(office: int, absent: int, substitute: int, now: int) -> list[int]:
    """The people who decide on a proposal: who may act for the office above, else the administrators.

    Never the absent, nor whoever would stand in.
    """
    out = {absent, substitute}
    superior = sql.value("SELECT superior_id FROM office WHERE id = ?", (office,))
    if superior is not None:
        above = [seat.person_id for seat in people.who_may_act(now, office_id=int(superior))]
        if found := [person for person in above if person not in out]:
            return found
    rows = sql.rows(_ACCOUNTS, (office,))
    return [int(row[0]) for row in rows if "admin" in str(row[1]).split() and row[0] not in out]


def reasons(absence: int, sealed_reason: str, sealed_refusal: str) -> tuple[str, str]:
    """Why someone is absent and why it was refused, opened for those who may read it."""
    told = [(sealed_reason, "reason"), (sealed_refusal, "refusal")]
    opened = [vault.unseal(text, _place(absence, what))["text"] if text else "" for text, what in told]
    return opened[0], opened[1]


def _place(absence: int, what: str) -> str:
    return f"absence:{absence}:{what}"


_ACCOUNTS = (
    "SELECT p.id, a.powers FROM account a JOIN person p ON p.id = a.person_id"
    " WHERE p.organisation_id = (SELECT organisation_id FROM office WHERE id = ?) AND a.active ORDER BY p.id"
)


@dataclass(frozen=True)
class _Absence:
    id: int
    organisation: int
    office: int
    name: str
    person: int
    substitute: int
    kind: str
    from_ms: int
    until_ms: int
    state: str


def _absence(absence: int, by: Actor) -> _Absence:
    text = (
        "SELECT a.id, o.organisation_id, o.id, o.name, a.person_id, a.substitute_id, a.kind, a.from_ms, a.until_ms,"
        " a.state FROM absence a JOIN office o ON o.id = a.office_id JOIN person p ON p.id = ?"
        " WHERE a.id = ? AND o.organisation_id = p.organisation_id"
    )
    found = sql.row(text, (by.person_id, absence))
    if found is None:
        raise NotFound("absence", absence)
    return _Absence(*found)


def _decidable(absence: int, by: Actor, now: int) -> _Absence:
    """The proposal, its row locked, if this person may decide on it."""
    sql.row("SELECT id FROM absence WHERE id = ?" + sql.for_update(), (absence,))
    row = _absence(absence, by)
    if by.person_id == row.person:
        raise NotAllowed("decide absence", "Usul Anda sendiri diputuskan oleh atasan Anda.")
    if by.person_id not in deciders(row.office, row.person, row.substitute, now):
        raise NotFound("absence", absence)
    _still_open(row)
    return row


def _still_open(row: _Absence) -> None:
    if row.state != OPEN:
        raise Conflict(f"absence {row.id} is {row.state}")


def _at_the_letter(refused: FormInvalid) -> dict[str, list[Objection]]:
    """What is wrong with the proposal itself is said where the superior types: at the letter."""
    found = {name: list(problems) for name, problems in refused.problems.items()}
    return {"letter": [problem for problems in found.values() for problem in problems]}


def _mine(office: int, by: Actor, now: int) -> int:
    """The organisation of an office this person holds definitively now."""
    text = (
        "SELECT o.organisation_id FROM holding h JOIN office o ON o.id = h.office_id WHERE o.id = ? AND h.person_id = ?"
        " AND h.kind = 'definitif' AND h.from_ms <= ? AND (h.until_ms IS NULL OR h.until_ms > ?)"
    )
    found = sql.value(text, (office, by.person_id, now, now))
    if found is None:
        raise NotFound("office", office)
    return int(found)


def _proposal_problems(office: int, by: Actor, reason: str, from_ms: int, until_ms: int, now: int) -> changes.Problems:
    problems = _reason_problems(reason)
    if until_ms <= now:
        problems["until"] = [Objection("past", "Hari terakhir tidak boleh sebelum hari ini.")]
    overlap = (
        "SELECT 1 FROM absence WHERE office_id = ? AND person_id = ? AND state = 'diajukan'"
        " AND from_ms < ? AND until_ms > ? LIMIT 1"
    )
    if sql.row(overlap, (office, by.person_id, until_ms, from_ms)) is not None:
        words = "Anda sudah mengajukan usul untuk masa ini. Cabut usul itu dahulu bila ingin menggantinya."
        problems["from"] = [Objection("twice", words)]
    return problems


def _reason_problems(reason: str) -> changes.Problems:
    if not reason.strip():
        return {"reason": [Objection("required", "Tulis alasannya.")]}
    if len(reason.strip()) > LONGEST_REASON:
        return {"reason": [Objection("too_long", "Paling panjang %(max)s huruf.", {"max": LONGEST_REASON})]}
    return {}


def _insert(order: Order, by: Actor, now: int) -> int:
    return sql.insert(
        "absence",
        office_id=order.office_id,
        person_id=by.person_id,
        substitute_id=order.person_id,
        kind=order.kind,
        from_ms=order.from_ms,
        until_ms=order.until_ms,
        state=OPEN,
        proposed_ms=now,
    )


def _decide(row: _Absence, state: str, by: Actor, now: int, *, holding: int | None = None) -> None:
    values = {"state": state, "decided_by": by.person_id, "decided_ms": now, "holding": holding}
    changes.write("absence", row.id, values)


def _note(kind: str, row: _Absence, by: Actor, now: int, **more: Any) -> None:
    """The chain tells who stands in and when; why stays sealed."""
    facts = {
        "what": row.name,
        "absent": row.person,
        "substitute": row.substitute,
        "kind": row.kind,
        "from": row.from_ms,
        "until": row.until_ms,
        **more,
    }
    entry = journal.Entry(kind, now, office=row.office, person=by.person_id, facts=facts)
    journal.append(row.organisation, None, [entry])


def _tell(who: list[int], kind: str, row: _Absence, now: int) -> None:
    facts = {"office": row.name, "from": row.from_ms, "until": row.until_ms}
    notices.tell(who, kind, row.id, now, facts=facts)
