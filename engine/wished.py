"""What reporters wish for their data: whose cases it concerns, when its clock runs, who decides.

A case that was opened again has the identity of the one it goes on with: what is set aside or held stays so for all.
"""

from collections.abc import Iterable, Sequence

from db import sql
from db.connect import in_transaction
from engine import journal, search
from engine.errors import Objection
from engine.held import Held, hold
from engine.offices import notices, people, settings

DECIDES = "decides_erasure"
WITHIN_MS = 72 * 3_600_000
"""3x24 hours of the clock (UU 27/2022 Ps 41)."""
ERASE, SET_ASIDE = "hapus", "batasi"


def cases(case_id: int) -> list[int]:
    """This case and the others of its reporter, the oldest first."""
    text = "SELECT o.id FROM case_file c JOIN case_file o ON o.reporter_id = c.reporter_id WHERE c.id = ? ORDER BY o.id"
    return [int(found) for (found,) in sql.rows(text, (case_id,))]


def hold_all(of: Iterable[int]) -> None:
    """Locks these cases and the others of their reporters: nobody opens, holds or erases one of them meanwhile."""
    for case in sorted({other for one in of for other in cases(one)}):
        hold(case)


def due(case_id: int, kind: str, asked: int) -> int | None:
    """Until when a wish must be answered; None for an erasure while the report is handled: it is needed till then."""
    if kind != ERASE:
        return asked + WITHIN_MS
    ends = [sql.value("SELECT closed_ms FROM case_file WHERE id = ?", (one,)) for one in cases(case_id)]
    return None if None in ends else max(asked, *map(int, ends)) + WITHIN_MS


_OF_THE_SAME = "FROM case_file c JOIN case_file o ON o.reporter_id = c.reporter_id"
"""A case with the others of its reporter."""


def in_the_way(cases: Sequence[int]) -> list[Objection]:
    """Why these cannot be erased: what is handled or held of the same reporters."""
    theirs = f"{_OF_THE_SAME} WHERE c.id IN ({sql.marks(cases) or 'NULL'})"
    running = sql.rows(f"SELECT DISTINCT o.number {theirs} AND o.closed_ms IS NULL ORDER BY o.number", cases)
    on_hold = sql.rows(
        f"SELECT DISTINCT o.number {theirs} AND EXISTS (SELECT 1 FROM legal_hold h WHERE h.case_file_id = o.id"
        " AND h.lifted_ms IS NULL) ORDER BY o.number",
        cases,
    )
    found: list[Objection] = []
    if running:
        words = "Masih ditangani, jadi belum dapat dihapus: %(names)s."
        found.append(Objection("running", words, {"names": _few(running)}))
    if on_hold:
        words = "Ditahan karena sengketa, jadi tidak dihapus: %(names)s."
        found.append(Objection("held", words, {"names": _few(on_hold)}))
    return found


def _few(numbers: Sequence[sql.Row], most: int = 5) -> str:
    more = f" (+{len(numbers) - most})" if len(numbers) > most else ""
    return ", ".join(str(number) for (number,) in numbers[:most]) + more


def set_aside(case: int, aside: bool) -> None:
    """Inside a verb's transaction: who reported is shown to nobody, and found by nobody; or again as before."""
    assert in_transaction()
    sql.execute("UPDATE case_file SET restricted = ? WHERE id = ?", (aside, case))
    search.rewrite(case)


def is_held(case: int) -> bool:
    """Whether a case is part of a dispute."""
    return sql.row("SELECT 1 FROM legal_hold WHERE case_file_id = ? AND lifted_ms IS NULL", (case,)) is not None


def is_aside(case: int) -> bool:
    """Whether its reporter's identity is shown to nobody."""
    return bool(sql.value("SELECT restricted FROM case_file WHERE id = ?", (case,)))


def deciders(organisation: int, now: int) -> list[int]:
    """The people who decide over personal data there."""
    wanted = set(settings.setting(organisation, DECIDES))
    here = [seat for seat in people.who_may_act(now) if seat.organisation_id == organisation]
    return [seat.person_id for seat in here if {seat.role, seat.code} & wanted]


_WAITS = """
SELECT e.id FROM case_file c JOIN case_file o ON o.reporter_id = c.reporter_id JOIN erasure e ON e.case_file_id = o.id
WHERE c.id = ? AND e.kind = 'hapus' AND e.source = 'pelapor' AND e.state = 'menunggu' ORDER BY e.id
"""


def follow(held: Held, now: int) -> None:
    """A case ended: where its reporter waits to be erased and nothing of theirs is handled any more, the clock runs."""
    for (wish,) in sql.rows(_WAITS, (held.case_id,)):
        if due(held.case_id, ERASE, now) is not None:
            notices.tell(deciders(held.organisation, now), "data-mulai", f"{wish}:{now}", now, case=held.case_id)


def carry_over(old: Held, new: int, now: int) -> None:
    """What was set aside or held for a dispute is so too in the case that goes on with it; its journal says so."""
    assert in_transaction()
    told = {"number": old.number, "case": old.case_id}
    if sql.value("SELECT restricted FROM case_file WHERE id = ?", (old.case_id,)):
        set_aside(new, True)
        _note(old, new, "restricted", {"kind": SET_ASIDE, **told}, now)
    text = "SELECT letter, set_by FROM legal_hold WHERE case_file_id = ? AND lifted_ms IS NULL ORDER BY id"
    for letter, by in sql.rows(text, (old.case_id,)):
        columns = {"letter": letter, "set_ms": now, "set_by": by, "lift_letter": ""}
        sql.insert("legal_hold", organisation_id=old.organisation, case_file_id=new, **columns)
        _note(old, new, "hold_set", {"letter": letter, **told}, now)


def _note(old: Held, new: int, kind: str, facts: dict[str, object], now: int) -> None:
    journal.append(old.organisation, new, [journal.Entry(kind, now, facts=facts)])
