"""Reports that members of staff typed in: who took one in, and what someone typed in since an instant."""

from typing import NamedTuple

from db import sql


class Received(NamedTuple):
    """Who took a report in, for which office and as what, and when it was typed in."""

    person_id: int
    person: str
    office: str
    acting_as: str
    entered_ms: int


def receiver(case_id: int) -> Received | None:
    """Who typed a report in; None where it came by itself."""
    found = sql.row(
        "SELECT p.id, p.name, COALESCE(o.name, ''), COALESCE(j.acting_as, ''), c.entered_ms FROM case_file c"
        " JOIN person p ON p.id = c.entered_by"
        " LEFT JOIN journal j ON j.case_file = c.id AND j.kind = 'received' AND j.chain = 'case:' || c.id"
        " LEFT JOIN office o ON o.id = j.office WHERE c.id = ?",
        (case_id,),
    )
    return None if found is None else Received(*found)


class Entered(NamedTuple):
    """A report someone typed in."""

    id: int
    number: str
    channel: str
    subject: str
    secrecy: str
    letter_number: str
    letter_date: str
    received_ms: int
    entered_ms: int
    send_key: str
    task: int | None  # the first task that waits in it


_ENTERED = (
    "SELECT c.id, c.number, c.channel, c.subject, c.secrecy, c.letter_number, c.letter_date, c.received_ms,"
    " c.entered_ms, c.send_key, (SELECT MIN(t.id) FROM task t WHERE t.case_file_id = c.id AND t.state = 'open')"
    " FROM case_file c WHERE c.entered_by = ? AND c.channel <> 'impor'"
)


def entered(person: int, since: int, *, page: int = 1, size: int = 50) -> tuple[list[Entered], bool]:
    """What this person typed in since then, the newest first, and whether there is more."""
    text = f"{_ENTERED} AND c.entered_ms >= ? ORDER BY c.id DESC LIMIT ? OFFSET ?"
    found = sql.rows(text, (person, since, size + 1, (page - 1) * size))
    return [Entered(*row) for row in found[:size]], len(found) > size


def entered_case(person: int, case_id: int) -> Entered | None:
    """One report this person typed in."""
    found = sql.row(_ENTERED + " AND c.id = ?", (person, case_id))
    return None if found is None else Entered(*found)


def latest_draft(prefix: str) -> str | None:
    """The unsent form of that prefix that was touched last."""
    text = "SELECT name FROM draft WHERE name LIKE ? ORDER BY saved_ms DESC, id DESC LIMIT 1"
    found = sql.value(text, (prefix + "%",))
    return None if found is None else str(found)


def importer(username: str | None) -> tuple[int, int, frozenset[str]] | None:
    """Account, person and powers of that user name, else of the first administrator."""
    where = "powers LIKE '%admin%'" if username is None else "username = ?"
    values = () if username is None else (username,)
    found = sql.row(f"SELECT id, person_id, powers FROM account WHERE active AND {where} ORDER BY id LIMIT 1", values)
    return None if found is None else (int(found[0]), int(found[1]), frozenset(str(found[2]).split()))
