"""Whom the head of an agency appoints beneath them: the setting `names_officers` says which roles appoint which."""

from dataclasses import dataclass
from typing import Any

from db import sql
from db.connect import transaction
from engine import journal
from engine.commands import changes
from engine.commands.changes import Problems
from engine.errors import FormInvalid, NotFound, Objection
from engine.offices import notices, people, policy, settings
from engine.offices.people import Actor, Seat

LETTER = 200


@dataclass(frozen=True)
class Naming:
    """Who is appointed to an office, from an instant to another (exclusive; None: until further notice), by letter."""

    office: int
    person: int
    from_ms: int
    until_ms: int | None
    letter: str
    letter_date: str


def beneath(by: Actor, now: int) -> dict[int, Seat]:
    """The offices this person may appoint to now, each with the seat they do it by."""
    organisation = policy.organisation_of(by)
    named: dict[str, list[str]] = settings.setting(organisation, "names_officers")
    found: dict[int, Seat] = {}
    for seat in people.who_may_act(now, person_id=by.person_id):
        roles = named.get(seat.role, [])
        if not roles or seat.organisation_id != organisation:
            continue
        text = (
            "SELECT o.id FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.organisation_id = ? AND o.active"
            f" AND u.code = ? AND o.superior_id = ? AND o.role IN ({sql.marks(roles)}) ORDER BY o.rank, o.id"
        )
        for (office,) in sql.rows(text, (organisation, seat.unit, seat.office_id, *roles)):
            found[int(office)] = seat
    return found


_CANDIDATES = """
SELECT p.id, p.name, p.nip FROM person p WHERE p.organisation_id = ? AND p.active AND p.id <> ?
  AND (EXISTS (SELECT 1 FROM holding h JOIN office o ON o.id = h.office_id JOIN unit u ON u.id = o.unit_id
        WHERE h.person_id = p.id AND u.code = ?)
    OR NOT EXISTS (SELECT 1 FROM holding h WHERE h.person_id = p.id AND (h.until_ms IS NULL OR h.until_ms > ?)))
  AND (NOT EXISTS (SELECT 1 FROM holding h JOIN office o ON o.id = h.office_id JOIN unit u ON u.id = o.unit_id
        WHERE h.person_id = p.id AND u.code <> ? AND h.kind = 'definitif' AND (h.until_ms IS NULL OR h.until_ms > ?))
    OR EXISTS (SELECT 1 FROM holding h JOIN office o ON o.id = h.office_id JOIN unit u ON u.id = o.unit_id
        WHERE h.person_id = p.id AND u.code = ? AND h.kind = 'definitif' AND (h.until_ms IS NULL OR h.until_ms > ?)))
  AND NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id AND a.active
    AND ((' ' || a.powers || ' ') LIKE '% auditor %'
      OR (a.powers <> '' AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.person_id = p.id))))
ORDER BY p.name, p.id
"""


def candidates(seat: Seat, now: int) -> list[tuple[int, str, str]]:
    """The people of a unit: who holds an office there, or did and holds none elsewhere; who holds none. Id, name, NIP.

    Not who audits, nor who has powers and never held an office: administrators, designers.
    """
    of_unit = (seat.unit, now)
    rows = sql.rows(_CANDIDATES, (seat.organisation_id, seat.person_id, *of_unit, *of_unit, *of_unit))
    return [(int(key), str(name), str(nip)) for key, name, nip in rows]


def name_officer(naming: Naming, *, by: Actor, now: int) -> int:
    """Appoints someone of one's own unit to an office beneath one; whoever held it ends then. Gives the holding.

    Raises NotFound for an office that is not theirs to fill, FormInvalid.
    """
    policy.must_work(by, "name_officer")
    with transaction():
        changes.alone(policy.organisation_of(by))
        seat = _seat(naming.office, by, now)
        office = changes.own("office", naming.office, seat.organisation_id, ("name",))
        changes.refuse(_problems(naming, seat, now))
        ended = _end_others(naming)
        holding = _insert(naming, by, now)
        after = {"holder": naming.person, "from_ms": naming.from_ms, "until_ms": naming.until_ms}
        facts = {
            "what": office["name"],
            "before": {"holder": ended},
            "after": {**after, "letter": naming.letter.strip()},
        }
        _note("named", seat, naming.office, facts, now)
        told = {"office": str(office["name"]), "from": naming.from_ms}
        notices.tell([naming.person], "penetapan", holding, now, facts=told)
        return holding


def end_naming(holding: int, *, at_ms: int, by: Actor, now: int) -> None:
    """The time of someone one may appoint ends at an instant. Raises NotFound, FormInvalid."""
    policy.must_work(by, "end_naming")
    with transaction():
        changes.alone(policy.organisation_of(by))
        text = "SELECT office_id, person_id, from_ms, until_ms FROM holding WHERE id = ? AND kind = 'definitif'"
        found = sql.row(text + sql.for_update(), (holding,))
        if found is None:
            raise NotFound("holding", holding)
        office, person, begins, until = found
        seat = _seat(int(office), by, now)
        if at_ms < max(int(begins), now) or (until is not None and at_ms > until):
            words = "Isi tanggal antara hari ini dan akhir masa penetapannya."
            raise FormInvalid({"until": [Objection("outside", words)]})
        sql.execute("UPDATE holding SET until_ms = ? WHERE id = ?", (at_ms, holding))
        name = sql.value("SELECT name FROM office WHERE id = ?", (office,))
        facts = {"what": name, "before": {"until_ms": until}, "after": {"until_ms": at_ms, "holder": person}}
        _note("naming_ended", seat, int(office), facts, now)


def _seat(office: int, by: Actor, now: int) -> Seat:
    seat = beneath(by, now).get(office)
    if seat is None:
        raise NotFound("office", office)
    return seat


def _problems(naming: Naming, seat: Seat, now: int) -> Problems:
    problems = changes.seat_problems(naming.person, seat.organisation_id)
    if not problems and naming.person not in [key for key, _, _ in candidates(seat, now)]:
        words = "Pilih orang dari unit Anda sendiri, bukan diri Anda atau pejabat unit lain."
        problems["person"] = [Objection("elsewhere", words)]
    if not naming.letter.strip() or len(naming.letter) > LETTER:
        problems["letter"] = [Objection("required", "Isi nomor surat penetapan.")]
    if naming.from_ms < now - 86_400_000:
        problems["from"] = [Objection("past", "Penetapan dimulai paling cepat hari ini.")]
    if naming.until_ms is not None and naming.until_ms <= naming.from_ms:
        problems["until"] = [Objection("empty_span", "Tanggal selesai harus sesudah tanggal mulai.")]
    return problems | _holds(naming)


def _holds(naming: Naming) -> Problems:
    text = (
        "SELECT 1 FROM holding WHERE office_id = ? AND person_id = ? AND kind = 'definitif' AND from_ms <= ?"
        " AND (until_ms IS NULL OR until_ms > ?)"
    )
    if sql.row(text, (naming.office, naming.person, naming.from_ms, naming.from_ms)) is None:
        return {}
    return {"person": [Objection("holds", "Ia sudah memegang jabatan ini pada tanggal itu.")]}


def _end_others(naming: Naming) -> list[int]:
    """Whoever holds the office when the new one begins, or would later; gives their people."""
    text = "SELECT id, person_id, from_ms FROM holding WHERE office_id = ? AND kind = 'definitif'"
    text += " AND (until_ms IS NULL OR until_ms > ?) ORDER BY id"
    found = sql.rows(text, (naming.office, naming.from_ms))
    for holding, _, begins in found:
        ends = max(naming.from_ms, int(begins))
        sql.execute("UPDATE holding SET until_ms = ? WHERE id = ?", (ends, holding))
    return [int(person) for _, person, _ in found]


def _insert(naming: Naming, by: Actor, now: int) -> int:
    return sql.insert(
        "holding",
        office_id=naming.office,
        person_id=naming.person,
        kind="definitif",
        from_ms=naming.from_ms,
        until_ms=naming.until_ms,
        letter=naming.letter.strip(),
        letter_date=naming.letter_date,
        entered_by=by.account_id,
        entered_ms=now,
    )


def _note(kind: str, seat: Seat, office: int, facts: dict[str, Any], now: int) -> None:
    entry = journal.Entry(kind, now, office=office, person=seat.person_id, acting_as=seat.kind, facts=facts)
    journal.append(seat.organisation_id, None, [entry])
