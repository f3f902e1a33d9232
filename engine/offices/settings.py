"""What an organisation decided for itself: calendars, lists, role map, letterhead, numbers; changes are journalled."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

import orjson

from db import sql
from engine import journal
from engine.clocks.worktime import Calendar
from forms import Choice

DEFAULTS: dict[str, Any] = {
    "role_map": {},  # a role named in a diagram → the office that has it here
    "numbering": "{urut:04d}/{tahun}",
    "deputies": {},  # role of an office → roles whose holders may stand in for it as deputy ("wakil")
    "sees_all": [],  # roles that see every case of the organisation that is not secret
    "sees_identity": [],  # roles that are shown how to reach a reporter
    "keeps_identity": [],  # roles that look after who says that their NIK was used by someone else
    "takes_in": [],  # roles that type in what came by letter, telephone or at the counter
    "watches": {},  # role → roles whose desks it looks after besides those below it
    "keeps_archive": [],  # roles that keep the archive
    "decides_archive": [],  # roles that decide what becomes of a berkas
    "coordinates": [],  # roles that remind agencies, and open again what was not followed up
    "oversees": [],  # roles that see the queues and figures of every agency
    "memos": [],  # kinds of internal letters: code, name, from, to (roles), about (kasus, angka), basis, numbering
    "evaluation_basis": "",  # the article the report of monitoring and evaluation stands on
    "case_lists": {},  # topic, place, kind of a case → the list that names its codes
    "approved_lists": {},  # list → role that must agree to every change of it
    "yearly_roles": [],  # roles held by a letter of appointment for one calendar year
    "names_officers": {},  # role → roles beneath it whose holders it appoints in its own unit
    "decides_erasure": [],  # roles that decide which personal data is erased, set aside, held for a dispute
    "erasure_years": 5,  # years after the one of closing until personal data is proposed for erasure (ours); 0: never
    "sms_years": 1,  # years after the one in which it was over until its words go (ours); 0: never. As the four below:
    "dispute_years": 5,  # what was told of a NIK used by others
    "breach_years": 5,  # words of the register of failures
    "report_years": 5,  # incidental reports
    "memo_years": 5,  # internal letters
    "keeps_breaches": [],  # roles that keep the register of failures to protect personal data
    "reveal_reason": False,  # whether it is asked what an identity is opened for
    "shows_sender": True,  # whether the page of a task names who sent the letter, as the paper does
    "sees_recaps": [],  # roles with a door to the monthly recaps; which of them they see is decided there
    "letterhead": {},
    "books": {},  # book code → its name
}


def setting(organisation: int, name: str) -> Any:
    """The value in force; what was never decided has the product's default."""
    body = sql.value("SELECT body FROM setting WHERE organisation_id = ? AND name = ?", (organisation, name))
    return DEFAULTS.get(name) if body is None else orjson.loads(body)


def several(organisation: int, *names: str) -> list[Any]:
    """The values in force of several settings, in one question."""
    text = f"SELECT name, body FROM setting WHERE organisation_id = ? AND name IN ({sql.marks(names)})"
    found = {str(name): orjson.loads(body) for name, body in sql.rows(text, (organisation, *names))}
    return [found.get(name, DEFAULTS.get(name)) for name in names]


def decided(organisation: int, prefix: str) -> list[str]:
    """Which settings whose name begins so an organisation has decided; one that was put back is not among them."""
    text = "SELECT name, body FROM setting WHERE organisation_id = ? AND name LIKE ? ORDER BY name"
    found = sql.rows(text, (organisation, f"{prefix}%"))
    return [str(name) for name, body in found if body != "null"]


def decide(organisation: int, name: str, value: Any, *, person: int | None, now: int) -> None:
    """Changes one setting inside a verb's transaction; the journal keeps before and after."""
    before = setting(organisation, name)
    body = orjson.dumps(value).decode()
    done = sql.execute("UPDATE setting SET body = ? WHERE organisation_id = ? AND name = ?", (body, organisation, name))
    if not done.rowcount:
        sql.insert("setting", organisation_id=organisation, name=name, body=body)
    facts = {"name": name, "before": before, "after": value}
    journal.append(organisation, None, [journal.Entry("setting", now, person=person, facts=facts)])


def calendar(organisation: int, unit: int | None = None) -> Calendar:
    """The working time of a unit, else of its organisation; parsed once per change."""
    found = sql.row(
        "SELECT fingerprint, id FROM calendar WHERE organisation_id = ? AND (unit_id = ? OR unit_id IS NULL)"
        " ORDER BY unit_id IS NULL LIMIT 1",
        (organisation, unit),
    )
    if found is None:
        raise LookupError(f"organisation {organisation} has no calendar")
    return _parsed(str(found[0]), int(found[1]))


def office_calendar(organisation: int, office: int | None) -> Calendar:
    """The working time an office keeps: its unit's, else its organisation's."""
    kept = office_calendars(organisation)
    return kept.get(office) or kept[None]


def office_calendars(organisation: int) -> dict[int | None, Calendar]:
    """The working time of every office whose unit has its own, in one question; under None the organisation's."""
    found = sql.rows(
        "SELECT o.id, c.fingerprint, c.id FROM calendar c LEFT JOIN office o ON o.unit_id = c.unit_id"
        " WHERE c.organisation_id = ? AND (c.unit_id IS NULL OR o.id IS NOT NULL)",
        (organisation,),
    )
    kept: dict[int | None, Calendar] = {office: _parsed(str(mark), int(row)) for office, mark, row in found}
    if None not in kept:
        raise LookupError(f"organisation {organisation} has no calendar")
    return kept


@lru_cache(maxsize=256)
def _parsed(fingerprint: str, calendar_id: int) -> Calendar:
    body = sql.value("SELECT body FROM calendar WHERE id = ? AND fingerprint = ?", (calendar_id, fingerprint))
    return Calendar.from_json(orjson.loads(body))


def set_calendar(organisation: int, unit: int | None, body: Mapping[str, Any], *, person: int | None, now: int) -> None:
    """Puts a calendar in force, inside a verb's transaction; raises CalendarInvalid before anything is written."""
    Calendar.from_json(dict(body))
    where = "organisation_id = ? AND " + ("unit_id IS NULL" if unit is None else "unit_id = ?")
    keys = [organisation] if unit is None else [organisation, unit]
    before = sql.row(f"SELECT id, body FROM calendar WHERE {where}", keys)
    text = orjson.dumps(body)
    columns = {"body": text.decode(), "fingerprint": sha256(text).hexdigest(), "changed_ms": now}
    if before is None:
        sql.insert("calendar", organisation_id=organisation, unit_id=unit, **columns)
    else:
        sql.execute(
            "UPDATE calendar SET body = ?, fingerprint = ?, changed_ms = ? WHERE id = ?", (*columns.values(), before[0])
        )
    facts = {"unit": unit, "before": None if before is None else orjson.loads(before[1]), "after": body}
    journal.append(organisation, None, [journal.Entry("calendar", now, person=person, facts=facts)])


def drop_calendar(organisation: int, unit: int, *, person: int | None, now: int) -> None:
    """A unit no longer has a calendar of its own, inside a verb's transaction; the journal keeps what it was."""
    before = sql.row("SELECT id, body FROM calendar WHERE organisation_id = ? AND unit_id = ?", (organisation, unit))
    assert before is not None
    sql.execute("DELETE FROM calendar WHERE id = ?", (before[0],))
    facts = {"unit": unit, "before": orjson.loads(before[1]), "after": None}
    journal.append(organisation, None, [journal.Entry("calendar", now, person=person, facts=facts)])


def lists(organisation: int, names: Iterable[str]) -> dict[str, list[Choice]]:
    """The active entries of the office's lists, in their order."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    found = sql.rows(
        f"SELECT list, code, label, attrs FROM choice WHERE organisation_id = ? AND list IN ({sql.marks(wanted)})"
        " AND active ORDER BY list, rank, id",
        [organisation, *wanted],
    )
    entries: dict[str, list[Choice]] = {name: [] for name in wanted}
    for name, code, label, attrs in found:
        entries[name].append(Choice(code, label, orjson.loads(attrs)))
    return entries
