"""Who holds an office definitively: installed by letter, replaced at an instant, gone at an instant."""

from typing import Any

from db import sql
from db.connect import transaction
from engine.commands import changes
from engine.commands.changes import Problems
from engine.errors import NotFound, Objection
from engine.offices.people import Actor


def install(
    office: int,
    person: int,
    *,
    from_ms: int,
    letter: str,
    letter_date: str,
    instead_of: int | None = None,
    by: Actor,
    now: int,
) -> int:
    """A definitive holder from an instant on, by letter; gives the holding.

    `instead_of` is the holding that ends at that instant; without it the office is held together with whoever holds
    it, as several Staf do. Raises NotFound, FormInvalid.
    """
    with transaction():
        organisation = changes.administers(by, "install")
        seat = changes.own("office", office, organisation, ("name", "active"))
        problems = _problems(office, person, organisation, from_ms, letter, now)
        if not seat["active"]:
            problems["office"] = [Objection("closed", "Jabatan ini tidak aktif. Aktifkan lebih dahulu.")]
        if person == by.person_id:
            problems["person"] = [Objection("himself", "Anda tidak dapat menunjuk diri sendiri.")]
        before = None if instead_of is None else _replaceable(instead_of, office, from_ms, problems)
        changes.refuse(problems)
        if instead_of is not None:
            sql.execute("UPDATE holding SET until_ms = ? WHERE id = ?", (from_ms, instead_of))
        holding = _seat(office, person, from_ms, letter, letter_date, by, now)
        after = {"holder": _name(person), "from_ms": from_ms, "letter": letter.strip(), "letter_date": letter_date}
        told: Any = {"before": {"holder": before} if before else {}, "after": after}
        changes.note(organisation, "installed", now, person=by.person_id, office=office, what=seat["name"], **told)
        return holding


def leave_office(holding: int, *, at_ms: int, by: Actor, now: int) -> None:
    """A definitive holder's time ends at an instant; nobody holds the office then. Raises NotFound, FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "end holding")
        found = _definitive(holding, organisation)
        if at_ms < max(found["from_ms"], now):
            raise changes.objection("until", "past", "Masa jabatan tidak dapat diakhiri sebelum saat ini.")
        sql.execute("UPDATE holding SET until_ms = ? WHERE id = ?", (at_ms, holding))
        told: Any = {"before": {"until_ms": found["until_ms"]}, "after": {"until_ms": at_ms, "holder": found["person"]}}
        changes.note(
            organisation, "left_office", now, person=by.person_id, office=found["office_id"], what=found["name"], **told
        )


def _definitive(holding: int, organisation: int) -> dict[str, Any]:
    text = (
        "SELECT h.office_id, h.from_ms, h.until_ms, o.name, p.name FROM holding h JOIN office o ON o.id = h.office_id"
        " JOIN person p ON p.id = h.person_id WHERE h.id = ? AND h.kind = 'definitif' AND o.organisation_id = ?"
    )
    found = sql.row(text, (holding, organisation))
    if found is None:
        raise NotFound("holding", holding)
    return dict(zip(("office_id", "from_ms", "until_ms", "name", "person"), found, strict=True))


def _problems(office: int, person: int, organisation: int, from_ms: int, letter: str, now: int) -> Problems:
    problems = changes.seat_problems(person, organisation)
    if not letter.strip():
        problems["letter"] = [Objection("required", "Isi nomor surat keputusan.")]
    if from_ms < now:
        problems["from"] = [Objection("past", "Masa jabatan dimulai paling cepat hari ini.")]
    holds = (
        "SELECT 1 FROM holding WHERE office_id = ? AND person_id = ? AND kind = 'definitif'"
        " AND (until_ms IS NULL OR until_ms > ?)"
    )
    if sql.row(holds, (office, person, from_ms)) is not None:
        problems["person"] = [Objection("holds", "Ia sudah memegang jabatan ini.")]
    return problems


def _replaceable(holding: int, office: int, from_ms: int, problems: Problems) -> str | None:
    """Whose time ends; a problem when it is none of this office's, or over by then."""
    text = (
        "SELECT p.name FROM holding h JOIN person p ON p.id = h.person_id WHERE h.id = ? AND h.office_id = ?"
        " AND h.kind = 'definitif' AND h.from_ms <= ? AND (h.until_ms IS NULL OR h.until_ms > ?)"
    )
    name = sql.value(text, (holding, office, from_ms, from_ms))
    if name is None:
        problems["instead_of"] = [Objection("unknown", "Pilih pejabat yang sekarang memegang jabatan ini.")]
    return None if name is None else str(name)


def _seat(office: int, person: int, from_ms: int, letter: str, letter_date: str, by: Actor, now: int) -> int:
    return sql.insert(
        "holding",
        office_id=office,
        person_id=person,
        kind="definitif",
        from_ms=from_ms,
        until_ms=None,
        letter=letter.strip(),
        letter_date=letter_date,
        entered_by=by.account_id,
        entered_ms=now,
    )


def _name(person: int) -> str:
    return str(sql.value("SELECT name FROM person WHERE id = ?", (person,)))
