"""Blank sheets and what was entered after an outage."""

from typing import NamedTuple

from db import sql

PAGE = 25


class Sheet(NamedTuple):
    """A blank sheet with its number; `printed_ms` in UTC ms, `case_file` once one was made of it."""

    id: int
    number: str
    batch: str
    state: str
    printed_ms: int
    printed_by: str
    case_file: int | None
    reason: str


def sheets(organisation: int, page: int) -> tuple[list[Sheet], bool]:
    """The newest first, and whether there are more."""
    found = sql.rows(
        "SELECT b.id, b.number, b.batch, b.state, b.printed_ms, COALESCE(p.name, ''), b.case_file, b.reason"
        " FROM blank_sheet b LEFT JOIN person p ON p.id = b.printed_by WHERE b.organisation_id = ?"
        f" ORDER BY b.id DESC LIMIT {PAGE + 1} OFFSET ?",
        (organisation, (page - 1) * PAGE),
    )
    return [Sheet(*row) for row in found[:PAGE]], len(found) > PAGE


def blank(organisation: int) -> list[tuple[int, str]]:
    """Sheets nothing was entered of yet: id and number."""
    text = (
        "SELECT b.id, b.number FROM blank_sheet b WHERE b.organisation_id = ? AND b.state = 'kosong' AND NOT EXISTS"
        " (SELECT 1 FROM back_entry e WHERE e.sheet_id = b.id AND e.state IN ('draf', 'menunggu'))"
        " ORDER BY b.id LIMIT 200"
    )
    return [(int(key), str(number)) for key, number in sql.rows(text, (organisation,))]


class Entry(NamedTuple):
    """What was entered after an outage, by whom and when (UTC ms); `number` is the sheet's, "" for none."""

    id: int
    number: str
    state: str
    entered_ms: int
    entered_by: str
    case_file: int | None


def entries(organisation: int) -> list[Entry]:
    """What is being entered or waits first, then the last decided ones; a hundred at most."""
    found = sql.rows(
        "SELECT e.id, COALESCE(s.number, ''), e.state, e.entered_ms, COALESCE(p.name, ''), e.case_file"
        " FROM back_entry e LEFT JOIN blank_sheet s ON s.id = e.sheet_id LEFT JOIN person p ON p.id = e.entered_by"
        " WHERE e.organisation_id = ?"
        " ORDER BY CASE WHEN e.state IN ('draf', 'menunggu') THEN 0 ELSE 1 END, e.id DESC LIMIT 100",
        (organisation,),
    )
    return [Entry(*row) for row in found]


def holders(office: int) -> list[tuple[int, str]]:
    """Everyone who ever held an office: who of them did then is asked when it is tried."""
    text = (
        "SELECT DISTINCT p.id, p.name FROM holding h JOIN person p ON p.id = h.person_id WHERE h.office_id = ?"
        " ORDER BY p.name"
    )
    return [(int(key), str(name)) for key, name in sql.rows(text, (office,))]


def name_of(person: int | None) -> str:
    """The name of a person; "" for nobody."""
    return str(sql.value("SELECT name FROM person WHERE id = ?", (person,)) or "") if person else ""
