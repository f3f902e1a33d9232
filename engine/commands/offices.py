"""Who stands in for whom: appointments of holders and substitutes, by letter of order."""

from db import sql
from db.connect import transaction
from engine import journal, policy, settings
from engine.errors import FormInvalid, NotFound, Objection
from engine.people import SUBSTITUTES, Actor

THREE_MONTHS_MS = 93 * 86_400_000


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
        organisation, code = _office(office_id, by)
        problems = _problems(office_id, person_id, organisation, kind, from_ms, until_ms, letter)
        if person_id == by.person_id:
            problems["person"] = [Objection("himself", "Anda tidak dapat menunjuk diri sendiri.")]
        if problems:
            raise FormInvalid(problems)
        holding = sql.insert(
            "holding",
            office_id=office_id,
            person_id=person_id,
            kind=kind,
            from_ms=from_ms,
            until_ms=until_ms,
            letter=letter.strip(),
            letter_date=letter_date,
            entered_by=by.account_id,
            entered_ms=now,
        )
        facts = {
            "office": code,
            "holder": person_id,
            "kind": kind,
            "from": from_ms,
            "until": until_ms,
            "letter": letter,
        }
        entry = journal.Entry("appointed", now, office=office_id, person=by.person_id, facts=facts)
        journal.append(organisation, None, [entry])
        return holding


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
    found = sql.row("SELECT organisation_id, code FROM office WHERE id = ?" + sql.for_update(), (office_id,))
    if found is None or found[0] != policy.organisation_of(by):
        raise NotFound("office", office_id)
    return int(found[0]), str(found[1])


def _problems(
    office_id: int, person_id: int, organisation: int, kind: str, from_ms: int, until_ms: int, letter: str
) -> dict[str, list[Objection]]:
    problems: dict[str, list[Objection]] = {}
    if kind not in SUBSTITUTES:
        problems["kind"] = [Objection("unknown", "Pilih Plh., Plt. atau wakil.")]
    if until_ms <= from_ms:
        problems["until"] = [Objection("empty_span", "Tanggal selesai harus sesudah tanggal mulai.")]
    if kind == "plt" and until_ms - from_ms > THREE_MONTHS_MS:
        problems["until"] = [
            Objection("too_long", "Plt. paling lama tiga bulan; perpanjang dengan surat perintah baru.")
        ]
    if not letter.strip():
        problems["letter"] = [Objection("required", "Isi nomor surat perintah.")]
    problems |= _person_problems(office_id, person_id, organisation, kind)
    overlap = (
        "SELECT 1 FROM holding WHERE office_id = ? AND kind <> 'definitif' AND from_ms < ?"
        " AND (until_ms IS NULL OR until_ms > ?) LIMIT 1"
    )
    if sql.row(overlap, (office_id, until_ms, from_ms)) is not None:
        problems["from"] = [Objection("overlap", "Sudah ada pengganti untuk jabatan ini pada waktu itu.")]
    return problems


def _person_problems(office_id: int, person_id: int, organisation: int, kind: str) -> dict[str, list[Objection]]:
    if sql.value("SELECT organisation_id FROM person WHERE id = ?", (person_id,)) != organisation:
        return {"person": [Objection("unknown", "Pilih orang dari instansi ini.")]}
    holds = (
        "SELECT o.role FROM holding h JOIN office o ON o.id = h.office_id"
        " WHERE h.person_id = ? AND h.kind = 'definitif'"
    )
    roles = {found[0] for found in sql.rows(holds, (person_id,))}
    own = "SELECT 1 FROM holding WHERE person_id = ? AND office_id = ? AND kind = 'definitif' AND until_ms IS NULL"
    if sql.row(own, (person_id, office_id)) is not None:
        return {"person": [Objection("himself", "Pejabat definitif tidak dapat menggantikan dirinya sendiri.")]}
    role = sql.value("SELECT role FROM office WHERE id = ?", (office_id,))
    allowed = settings.setting(organisation, "deputies").get(role)
    if allowed is not None and (kind != "wakil" or not roles & set(allowed)):
        return {
            "person": [Objection("not_a_deputy", "Jabatan ini hanya dapat diwakili oleh wakilnya (pilih “wakil”).")]
        }
    if allowed is None and kind == "wakil":
        return {"kind": [Objection("no_deputy", "Jabatan ini tidak mempunyai wakil; pilih Plh. atau Plt.")]}
    return {}
