"""The roster of offices held by a yearly letter: who serves in a year, who is missing, who must be warned when."""

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO

from db import sql
from db.connect import transaction
from db.queries import roster as questions
from db.queries.roster import Place
from engine.offices import notices, settings

MOST_BYTES, MOST_ROWS = 200_000, 500
STAGES = (1, 15, 27)
"""Days of December on which whoever is responsible is told anew that somebody is missing."""
COLUMNS = ("unit", "orang", "nomor_sk", "tanggal_sk")


@dataclass(frozen=True)
class Year:
    """A calendar year as instants in the office's zone."""

    number: int
    begins_ms: int
    ends_ms: int


def year(organisation: int, number: int) -> Year:
    """A year of this organisation."""
    calendar = settings.calendar(organisation)
    return Year(number, calendar.midnight(date(number, 1, 1)), calendar.midnight(date(number + 1, 1, 1)))


def roles(organisation: int) -> list[str]:
    """The roles held by the year here."""
    return list(settings.setting(organisation, "yearly_roles"))


def places(organisation: int, wanted: Year, now: int) -> list[Place]:
    """Every office of those roles with who serves in that year."""
    return questions.places(organisation, roles(organisation), wanted.begins_ms, wanted.ends_ms, now)


def missing(organisation: int, wanted: Year, now: int) -> list[Place]:
    """The offices nobody is appointed to for that year."""
    return [one for one in places(organisation, wanted, now) if not one.holding_id]


@dataclass(frozen=True)
class Warned:
    """From 1 December: of which year who is missing."""

    year: int
    offices: list[Place]


def warning(organisation: int, now: int) -> Warned | None:
    """What must be said now: from 1 December of next year, before that of nobody."""
    today = settings.calendar(organisation).date_of(now)
    if today.month != 12 or not roles(organisation):
        return None
    found = missing(organisation, year(organisation, today.year + 1), now)
    return Warned(today.year + 1, found) if found else None


def warn(now: int) -> int:
    """Tells administrators and overseers on 1, 15 and 27 December who is missing; gives how many organisations."""
    told = 0
    for (organisation,) in sql.rows("SELECT id FROM organisation ORDER BY id"):
        told += _warn(int(organisation), now)
    return told


def _warn(organisation: int, now: int) -> int:
    today = settings.calendar(organisation).date_of(now)
    stage = max((day for day in STAGES if day <= today.day), default=0)
    if today.month != 12 or not stage:
        return 0
    about = f"{organisation}-{today.year + 1}-{stage}"
    if sql.row("SELECT 1 FROM notice WHERE name LIKE ? LIMIT 1", (f"sk-tahunan:{about}:%",)):
        return 0
    found = warning(organisation, now)
    if found is None:
        return 0
    people = questions.overseers(organisation, settings.setting(organisation, "oversees"), now)
    with transaction():
        facts = {"year": found.year, "missing": len(found.offices)}
        notices.tell(people, "sk-tahunan", about, now, facts=facts)
    return 1


# --- a table from elsewhere ---


@dataclass(frozen=True)
class Line:
    """One row of the table: its number in the file, unit, person, letter, date of the letter."""

    row: int
    unit: str
    person: str
    letter: str
    letter_date: str


def read_table(body: bytes) -> list[Line]:
    """The rows of a CSV with columns unit, orang, nomor_sk, tanggal_sk; raises ValueError with a sentence."""
    if len(body) > MOST_BYTES:
        raise ValueError("Berkas paling besar 200 kB.")
    text = _decoded(body)
    head = text.splitlines()[0] if text.strip() else ""
    mark = ";" if head.count(";") >= head.count(",") else ","
    try:
        rows = csv.DictReader(StringIO(text), delimiter=mark, strict=True)
        names = {name.strip().lower(): name for name in rows.fieldnames or ()}
        return _read(list(enumerate(rows, 2)), names)
    except csv.Error as broken:
        raise ValueError("Berkas ini tidak dapat dibaca: ada tanda kutip yang tidak ditutup.") from broken


def _read(rows: list[tuple[int, dict[str, str]]], names: dict[str, str]) -> list[Line]:
    lacking = [name for name in COLUMNS[:3] if name not in names]
    if lacking:
        raise ValueError(f"Kolom ini tidak ada pada baris pertama: {', '.join(lacking)}.")
    found = [_line(number, row, names) for number, row in rows]
    found = [one for one in found if one.unit or one.person or one.letter]
    if not found or len(found) > MOST_ROWS:
        raise ValueError("Berkas ini tidak memuat baris, atau lebih dari 500 baris.")
    return found


def _decoded(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("latin-1")
    return text.replace("\0", "")  # PostgreSQL keeps none


def _line(number: int, row: dict[str, str], names: dict[str, str]) -> Line:
    cells = [str(row.get(names.get(name, ""), "") or "").strip()[:200] for name in COLUMNS]
    return Line(number, *cells)
