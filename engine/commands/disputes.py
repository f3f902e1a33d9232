"""“NIK saya dipakai orang lain”: someone says so; the office that keeps identities looks and decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db import sql
from db.connect import transaction
from db.queries import disputes as asked
from engine import claimants, journal, vault
from engine.errors import Conflict, FormInvalid, NotAllowed, NotFound, Objection
from engine.held import hold
from engine.identities import identity, register
from engine.offices import accounts, people, policy, settings
from engine.offices.people import Actor, Seat

NEW, UPHELD, REFUSED = "baru", "dibenarkan", "ditolak"
FREE = 5
"""Claims a day from one address that cost nothing."""
SHORTEST = 10


@dataclass(frozen=True)
class Claim:
    """What someone says of their NIK, and how to answer them."""

    nik: str
    mother: str
    text: str
    phone: str = ""
    email: str = ""


def dispute(organisation: int, claim: Claim, *, send_key: str, source: str, now: int) -> int:
    """Takes a claim in; the same form again is the same claim. Raises SlowDown after several from one address."""
    known = sql.value("SELECT id FROM nik_dispute WHERE send_key = ?", (send_key,))
    if known is not None:
        return int(known)
    with accounts.guarded("nik dispute", source, now=now, free=FREE, forgives=False) as tries:
        tries.wrong = True  # each counts: there is no right one
        with transaction():
            return _taken(organisation, claim, send_key, now)


def _taken(organisation: int, claim: Claim, send_key: str, now: int) -> int:
    row: dict[str, Any] = {
        "organisation_id": organisation,
        "nik_mark": identity.mark_of(claim.nik),
        "sealed": "",
        "registry": register.glance(organisation, claim.nik, claim.mother),
        "state": NEW,
        "at_ms": now,
        "send_key": send_key,
    }
    number = sql.insert("nik_dispute", **row)
    sealed = vault.seal(vars(claim), f"nik_dispute:{number}")
    sql.execute("UPDATE nik_dispute SET sealed = ? WHERE id = ?", (sealed, number))
    journal.append(organisation, None, [journal.Entry("nik_disputed", now, facts={"dispute": number})])
    return number


def keeper(by: Actor, organisation: int, now: int) -> Seat:
    """The seat by which this person looks after identities; raises NotAllowed."""
    policy.must_work(by, "keep identities")
    named = set(settings.setting(organisation, "keeps_identity") or [])
    held = people.who_may_act(now, person_id=by.person_id)
    seat = next((s for s in held if s.organisation_id == organisation and {s.role, s.code} & named), None)
    if seat is None:
        raise NotAllowed("keep identities", "Memeriksa pemakaian NIK bukan tugas jabatan Anda.")
    return seat


def decide(dispute_id: int, *, uphold: bool, cases: Sequence[int], answer: str, by: Actor, now: int) -> None:
    """Decides a claim: where it is upheld, the identity of these cases is marked as disputed; none is closed by it.

    Raises NotFound, NotAllowed, Conflict once it was decided, FormInvalid for no answer, or for no case.
    """
    organisation = policy.organisation_of(by)
    seat = keeper(by, organisation, now)
    with transaction():
        found = asked.one(dispute_id, organisation, lock=True)
        if found is None:
            raise NotFound("dispute", dispute_id)
        if found.state != NEW:
            raise Conflict("Sudah diputuskan.")
        wanted = _wanted(found, cases) if uphold else []
        _refuse(uphold, wanted, answer)
        signed: dict[str, Any] = {"person": by.person_id, "office": seat.office_id, "acting_as": seat.kind}
        for case in wanted:
            identity.tell(hold(case), register.DISPUTED, now, **signed)
        _decided(found, UPHELD if uphold else REFUSED, answer, by, seat, now)
        claimants.order(organisation, dispute_id, vars(claim_of(found)), now)
        facts = {"dispute": dispute_id, "upheld": uphold, "cases": wanted}
        journal.append(organisation, None, [journal.Entry("nik_dispute_decided", now, facts=facts, **signed)])


def _wanted(found: asked.Dispute, cases: Sequence[int]) -> list[int]:
    """Those of the cases that were begun under this NIK."""
    about = {case.id for case in asked.cases(found.organisation_id, found.nik_mark)}
    return sorted(about & set(cases))


def _refuse(uphold: bool, wanted: Sequence[int], answer: str) -> None:
    problems = {}
    if uphold and not wanted:
        problems["kasus"] = [Objection("none", "Centanglah paling sedikit satu laporan yang bukan milik orang ini.")]
    if len(answer.strip()) < SHORTEST:
        problems["jawaban"] = [Objection("short", "Tulislah jawaban untuk orang ini, paling sedikit satu kalimat.")]
    if problems:
        raise FormInvalid(problems)


def _decided(found: asked.Dispute, state: str, answer: str, by: Actor, seat: Seat, now: int) -> None:
    sealed = vault.seal(answer.strip()[:5000], f"nik_dispute:{found.id}:answer")
    sql.execute(
        "UPDATE nik_dispute SET state = ?, sealed_answer = ?, decided_ms = ?, decided_by = ?, decided_office = ?"
        " WHERE id = ?",
        (state, sealed, now, by.person_id, seat.office_id, found.id),
    )


def claim_of(found: asked.Dispute) -> Claim:
    """What was told, opened for whoever keeps identities."""
    return Claim(**vault.unseal(found.sealed, f"nik_dispute:{found.id}"))


def answer_of(found: asked.Dispute) -> str:
    """What was answered; "" before."""
    return str(vault.unseal(found.sealed_answer, f"nik_dispute:{found.id}:answer")) if found.sealed_answer else ""
