"""Who stands in for whom: substitutes, by letter of order."""

from dataclasses import dataclass

from db import sql
from db.connect import transaction
from engine import journal
from engine.commands import changes
from engine.commands.changes import Problems
from engine.errors import FormInvalid, NotFound, Objection
from engine.offices import policy, settings
from engine.offices.people import SUBSTITUTES, Actor

THREE_MONTHS_MS = 93 * 86_400_000


@dataclass(frozen=True)
class Order:
    """What a letter of order says: who stands in for an office, as what, and when (end exclusive)."""

    office_id: int
    person_id: int
    kind: str
    from_ms: int
    until_ms: int
    letter: str
    letter_date: str


def appoint(
    office_id: int,
    person_id: int,
    *,
    kind: str,
    from_ms: int,
    until_ms: int,
    letter: str,
    letter_date: str,
    by: Actor,
    now: int,
) -> int:
    """A Plt, Plh or deputy for an office from one instant to another (end exclusive), by letter of order.

    Raises NotAllowed without the power, FormInvalid for two substitutes at once, an empty span, a missing letter,
    a Plt of more than three months (SE BKN), a deputy who holds none of the roles that may stand in.
    """
    policy.must_have(by, "admin", "appoint")
    with transaction():
        return put_in_force(Order(office_id, person_id, kind, from_ms, until_ms, letter, letter_date), by, now)


def put_in_force(order: Order, by: Actor, now: int) -> int:
    """The substitute's time, inside a verb's transaction; gives the holding. Raises NotFound, FormInvalid."""
    organisation, code = _office(order.office_id, by)
    problems = order_problems(order, organisation)
    if not order.letter.strip():
        problems["letter"] = [Objection("required", "Isi nomor surat perintah.")]
    if order.person_id == by.person_id:
        problems["person"] = [Objection("himself", "Anda tidak dapat menunjuk diri sendiri.")]
    if problems:
        raise FormInvalid(problems)
    holding = _insert(order, by, now)
    facts = {
        "office": code,
        "holder": order.person_id,
        "kind": order.kind,
        "from": order.from_ms,
        "until": order.until_ms,
        "letter": order.letter,
    }
    entry = journal.Entry("appointed", now, office=order.office_id, person=by.person_id, facts=facts)
    journal.append(organisation, None, [entry])
    return holding


def _insert(order: Order, by: Actor, now: int) -> int:
    return sql.insert(
        "holding",
        office_id=order.office_id,
        person_id=order.person_id,
        kind=order.kind,
        from_ms=order.from_ms,
        until_ms=order.until_ms,
        letter=order.letter.strip(),
        letter_date=order.letter_date,
        entered_by=by.account_id,
        entered_ms=now,
    )


def end_appointment(holding_id: int, *, by: Actor, now: int) -> None:
    """Ends a substitute's time now; what they did stays theirs."""
    policy.must_have(by, "admin", "appoint")
    with transaction():
        found = sql.row("SELECT office_id, kind, from_ms FROM holding WHERE id = ?", (holding_id,))
        if found is None or found[1] not in SUBSTITUTES:
            raise NotFound("holding", holding_id)
        organisation, code = _office(int(found[0]), by)
        until = max(now, int(found[2]))
        sql.execute("UPDATE holding SET until_ms = ? WHERE id = ?", (until, holding_id))
        entry = journal.Entry("appointment_ended", now, office=found[0], person=by.person_id, facts={"office": code})
        journal.append(organisation, None, [entry])


def _office(office_id: int, by: Actor) -> tuple[int, str]:
    organisation = changes.alone(policy.organisation_of(by))
    found = sql.row("SELECT organisation_id, code FROM office WHERE id = ?" + sql.for_update(), (office_id,))
    if found is None or found[0] != organisation:
        raise NotFound("office", office_id)
    return int(found[0]), str(found[1])


def order_problems(order: Order, organisation: int) -> Problems:
    """What is wrong with an order before its letter is written; the letter is not looked at."""
    problems: Problems = {}
    if order.kind not in SUBSTITUTES:
        problems["kind"] = [Objection("unknown", "Pilih Plh., Plt. atau wakil.")]
    if order.until_ms <= order.from_ms:
        problems["until"] = [Objection("empty_span", "Tanggal selesai harus sesudah tanggal mulai.")]
    if order.kind == "plt" and order.until_ms - order.from_ms > THREE_MONTHS_MS:
        problems["until"] = [
            Objection("too_long", "Plt. paling lama tiga bulan; perpanjang dengan surat perintah baru.")
        ]
    problems |= _person_problems(order, organisation)
    if sql.row(_OVERLAP, (order.office_id, order.until_ms, order.from_ms)) is not None:
        problems["from"] = [Objection("overlap", "Sudah ada pengganti untuk jabatan ini pada waktu itu.")]
    if not sql.value("SELECT active FROM office WHERE id = ?", (order.office_id,)):
        problems["office"] = [Objection("closed", "Jabatan ini tidak aktif.")]
    return problems


_OVERLAP = (
    "SELECT 1 FROM holding WHERE office_id = ? AND kind <> 'definitif' AND from_ms < ?"
    " AND (until_ms IS NULL OR until_ms > ?) LIMIT 1"
)
_ROLES = (
    "SELECT o.id, o.role FROM holding h JOIN office o ON o.id = h.office_id WHERE h.person_id = ?"
    " AND h.kind = 'definitif' AND h.from_ms < ? AND (h.until_ms IS NULL OR h.until_ms > ?)"
)


def _person_problems(order: Order, organisation: int) -> Problems:
    if wrong := changes.seat_problems(order.person_id, organisation):
        return wrong
    held = {int(row[0]): str(row[1]) for row in sql.rows(_ROLES, (order.person_id, order.until_ms, order.from_ms))}
    if order.office_id in held:
        return {"person": [Objection("himself", "Pejabat definitif tidak dapat menggantikan dirinya sendiri.")]}
    role = sql.value("SELECT role FROM office WHERE id = ?", (order.office_id,))
    allowed = settings.setting(organisation, "deputies").get(role)
    if allowed is not None and (order.kind != "wakil" or not set(held.values()) & set(allowed)):
        words = "Jabatan ini hanya dapat diwakili oleh wakilnya (pilih “wakil”)."
        return {"person": [Objection("not_a_deputy", words)]}
    if allowed is None and order.kind == "wakil":
        return {"kind": [Objection("no_deputy", "Jabatan ini tidak mempunyai wakil; pilih Plh. atau Plt.")]}
    return {}
