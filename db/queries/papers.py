"""What the office's papers are made of: acts as the journal tells them, books by year, codes of printed sheets."""

from collections.abc import Sequence
from typing import NamedTuple

from db import sql

SHOWN = "CASE WHEN c.restricted AND p.sealed IS NOT NULL THEN '' ELSE p.sealed END"
"""Who reported (`p`) a case (`c`), as its pages and papers may tell: None once erased, "" while it is set aside."""


class Done(NamedTuple):
    """One act of a case: who, for which office, as what, when; `facts` (JSON) as the journal has them, texts sealed."""

    case_id: int
    task: int
    element: str
    name: str
    process: str
    instance: str
    cycle: int
    form: str
    sop_row: int | None
    at_ms: int
    office_id: int | None
    office: str
    role: str
    person_id: int | None
    person: str
    nip: str
    pangkat: str
    acting_as: str
    own_office: str  # of a deputy: the office they hold themselves
    facts: str
    sealed: str


_DONE = (
    "SELECT j.case_file, j.task, j.element, t.name, t.process, t.instance, t.cycle, t.form, t.sop_row, j.at_ms,"
    " j.office, COALESCE(o.name, ''), COALESCE(o.role, ''), j.person, COALESCE(p.name, ''), COALESCE(p.nip, ''),"
    " COALESCE(p.pangkat, ''), j.acting_as,"
    " CASE WHEN j.acting_as = 'wakil' THEN COALESCE((SELECT w.name FROM holding h JOIN office w ON w.id = h.office_id"
    " WHERE h.person_id = j.person AND h.kind = 'definitif' AND h.from_ms <= j.at_ms"
    " AND (h.until_ms IS NULL OR h.until_ms > j.at_ms) ORDER BY w.rank, w.id LIMIT 1), '') ELSE '' END,"
    " j.facts, COALESCE(s.sealed, '')"
    " FROM journal j JOIN task t ON t.id = j.task LEFT JOIN office o ON o.id = j.office"
    " LEFT JOIN person p ON p.id = j.person LEFT JOIN submission s ON s.task_id = j.task"
    " WHERE j.kind = 'completed' AND t.outcome <> 'ditarik' AND "
)


def done(case_id: int) -> list[Done]:
    """Everything that was done in a case, in the order of its journal."""
    return [Done(*found) for found in sql.rows(_DONE + "j.chain = ? ORDER BY j.seq", (f"case:{case_id}",))]


def labels(organisation: int, names: Sequence[str]) -> dict[tuple[str, str], str]:
    """(list, code) → what it is called, also for entries that are no longer offered."""
    if not names:
        return {}
    text = f"SELECT list, code, label FROM choice WHERE organisation_id = ? AND list IN ({sql.marks(names)})"
    return {(str(name), str(code)): str(label) for name, code, label in sql.rows(text, [organisation, *names])}


class Release(NamedTuple):
    """Whose case it is, and the release it keeps."""

    organisation: int
    id: int
    fingerprint: str


def release_of(case_id: int) -> Release | None:
    """The release a case keeps."""
    text = "SELECT c.organisation_id, r.id, r.fingerprint FROM case_file c JOIN release r ON r.id = c.release_id"
    found = sql.row(text + " WHERE c.id = ?", (case_id,))
    return None if found is None else Release(*found)


class Head(NamedTuple):
    """What stands at the top of every paper of a case; `identity` is the sealed reporter: see `SHOWN`."""

    id: int
    organisation_id: int
    organisation: str
    zone: str
    release_id: int
    fingerprint: str
    number: str
    channel: str
    state: str
    outcome: str
    subject: str
    urgency: str
    secrecy: str
    received_ms: int
    closed_ms: int | None
    reporter_id: int
    identity: str | None
    letter_number: str  # of the letter it came by, "" for what came otherwise
    letter_date: str


def head(case_id: int) -> Head | None:
    """One case."""
    found = sql.row(
        "SELECT c.id, g.id, g.name, g.timezone, r.id, r.fingerprint, c.number, c.channel, c.state, c.outcome,"
        " c.subject, c.urgency, c.secrecy, c.received_ms, c.closed_ms, p.id,"
        f" {SHOWN}, c.letter_number, c.letter_date FROM case_file c JOIN organisation g ON g.id = c.organisation_id"
        " JOIN release r ON r.id = c.release_id"
        " JOIN reporter p ON p.id = c.reporter_id WHERE c.id = ?",
        (case_id,),
    )
    return None if found is None else Head(*found)


def case_numbered(number: str) -> int | None:
    """The id of the case with this number."""
    found = sql.value("SELECT id FROM case_file WHERE number = ?", (number,))
    return None if found is None else int(found)


def unit_of_case(case_id: int) -> str:
    """What the unit that handles a case is called; "" where its diagram names none."""
    text = "SELECT u.name FROM case_file c JOIN unit u ON u.organisation_id = c.organisation_id AND u.code = c.unit"
    return str(sql.value(text + " WHERE c.id = ?", (case_id,)) or "")


def unit_of_office(office_id: int) -> str:
    """What the unit an office belongs to is called."""
    text = "SELECT u.name FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.id = ?"
    return str(sql.value(text, (office_id,)) or "")


def last_hash(case_id: int) -> str:
    """The head of a case's journal: what a paper printed now tells up to."""
    text = "SELECT hash FROM journal WHERE chain = ? ORDER BY seq DESC LIMIT 1"
    return str(sql.value(text, (f"case:{case_id}",)) or "")


def numbers(case_id: int) -> list[tuple[str, int, int]]:
    """(book, number, when it was taken) of a case, in the order they were taken."""
    text = "SELECT book, number, at_ms FROM agenda WHERE case_file_id = ? ORDER BY id"
    return [(str(book), int(number), int(at_ms)) for book, number, at_ms in sql.rows(text, (case_id,))]


def proofs(case_id: int) -> list[tuple[str, int]]:
    """How many checked files of each kind came with the report."""
    text = (
        "SELECT kind, COUNT(*) FROM attachment WHERE case_file_id = ? AND task IS NULL AND state = 'clean'"
        " GROUP BY kind ORDER BY kind"
    )
    return [(str(kind), int(count)) for kind, count in sql.rows(text, (case_id,))]


class Awaited(NamedTuple):
    """An office that a case waits for."""

    element: str
    instance: str
    form: str
    sop_row: int | None
    office: str


def awaited(case_id: int) -> list[Awaited]:
    """Whom a case waits for now."""
    text = (
        "SELECT t.element, t.instance, t.form, t.sop_row, COALESCE(o.name, '') FROM task t"
        " LEFT JOIN office o ON o.id = t.office_id WHERE t.case_file_id = ? AND t.state = 'open' ORDER BY t.id"
    )
    return [Awaited(*found) for found in sql.rows(text, (case_id,))]


def units(organisation: int) -> dict[str, str]:
    """Unit code → name."""
    found = sql.rows("SELECT code, name FROM unit WHERE organisation_id = ?", (organisation,))
    return {str(code): str(name) for code, name in found}


class Kept(NamedTuple):
    """The code a sheet was given when it was first printed."""

    id: int
    code: str
    content_hash: str


def code_of(case_id: int, kind: str, detail: str) -> Kept | None:
    """The code of a sheet, if it was printed before."""
    text = (
        "SELECT id, code, content_hash FROM sheet_code WHERE case_file_id = ? AND kind = ? AND detail = ? ORDER BY id"
    )
    found = sql.row(text + " LIMIT 1", (case_id, kind, detail))
    return None if found is None else Kept(*found)


class Line(NamedTuple):
    """One line of a book; `entered_ms` is when it got its number."""

    case_id: int
    number: int
    entered_ms: int
    case_number: str
    process: str
    release_id: int
    fingerprint: str
    state: str
    outcome: str
    subject: str
    secrecy: str
    received_ms: int
    closed_ms: int | None
    reporter_id: int
    identity: str | None
    letter_number: str
    letter_date: str


_LINES = (
    "SELECT c.id, b.number, b.at_ms, c.number, c.process, r.id, r.fingerprint, c.state, c.outcome, c.subject,"
    f" c.secrecy, c.received_ms, c.closed_ms, p.id, {SHOWN}, c.letter_number, c.letter_date FROM agenda b"
    " JOIN case_file c ON c.id = b.case_file_id"
    " JOIN release r ON r.id = c.release_id JOIN reporter p ON p.id = c.reporter_id"
    " WHERE b.organisation_id = ? AND b.book = ? AND b.year = ? AND b.number BETWEEN ? AND ? ORDER BY b.number"
)
_EVERY = (1, 2_000_000_000)


class Pages(NamedTuple):
    """Which lines of which book: from one number to another, both included."""

    organisation: int
    book: str
    year: int
    first: int = _EVERY[0]
    last: int = _EVERY[1]


def lines(pages: Pages) -> list[Line]:
    """These lines of the book, in order of number."""
    return [Line(*found) for found in sql.rows(_LINES, pages)]


def done_in(pages: Pages, forms: Sequence[str]) -> list[Done]:
    """The acts on these forms in the cases of these lines, in the order of each journal; their texts stay sealed."""
    if not forms:
        return []
    text = (
        _DONE + f"t.form IN ({sql.marks(forms)}) AND j.case_file IN (SELECT b.case_file_id FROM agenda b"
        " WHERE b.organisation_id = ? AND b.book = ? AND b.year = ? AND b.number BETWEEN ? AND ?)"
        " ORDER BY j.case_file, j.seq"
    )
    return [Done(*found)._replace(sealed="") for found in sql.rows(text, [*forms, *pages])]


def proofs_in(pages: Pages) -> list[tuple[int, str, int]]:
    """(case, kind, how many) of the files sent along with the cases of these lines."""
    text = (
        "SELECT a.case_file_id, a.kind, COUNT(*) FROM attachment a JOIN agenda b ON b.case_file_id = a.case_file_id"
        " WHERE b.organisation_id = ? AND b.book = ? AND b.year = ? AND b.number BETWEEN ? AND ?"
        " AND a.task IS NULL AND a.state = 'clean' GROUP BY a.case_file_id, a.kind"
        " ORDER BY a.case_file_id, a.kind"
    )
    return [(int(case), str(kind), int(count)) for case, kind, count in sql.rows(text, pages)]


def years(organisation: int, book: str) -> list[int]:
    """The years in which a book has lines, the newest first."""
    text = "SELECT DISTINCT year FROM agenda WHERE organisation_id = ? AND book = ? ORDER BY year DESC"
    return [int(found[0]) for found in sql.rows(text, (organisation, book))]


def last_number(organisation: int, book: str, year: int) -> int:
    """The last number of a book's year, 0 when it is empty."""
    text = "SELECT MAX(number) FROM agenda WHERE organisation_id = ? AND book = ? AND year = ?"
    return int(sql.value(text, (organisation, book, year)) or 0)


def organisation(organisation_id: int) -> tuple[str, str]:
    """Its name and time zone."""
    found = sql.row("SELECT name, timezone FROM organisation WHERE id = ?", (organisation_id,))
    assert found is not None
    return str(found[0]), str(found[1])


def organisations() -> dict[str, int]:
    """Code → id of every organisation, oldest first."""
    return {str(code): int(key) for code, key in sql.rows("SELECT code, id FROM organisation ORDER BY id")}


class Sealed(NamedTuple):
    """A seal of the journal."""

    number: int
    root: str
    at_ms: int
    entries: int


def last_seal(organisation_id: int) -> Sealed | None:
    """The newest seal of an organisation's journal."""
    text = "SELECT seq, root, at_ms, entries FROM seal WHERE organisation_id = ? ORDER BY seq DESC LIMIT 1"
    found = sql.row(text, (organisation_id,))
    return None if found is None else Sealed(*found)


def handed_to(case_id: int, task: int, at_ms: int) -> str:
    """The office of the first task offered once that act was done; "" where there was none."""
    text = (
        "SELECT o.name FROM task t JOIN office o ON o.id = t.office_id"
        " WHERE t.case_file_id = ? AND t.id > ? AND t.offered_ms >= ? ORDER BY t.id LIMIT 1"
    )
    return str(sql.value(text, (case_id, task, at_ms)) or "")
