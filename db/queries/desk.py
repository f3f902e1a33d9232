"""What waits on a desk: counts, the list, what is new."""

from collections.abc import Sequence
from dataclasses import dataclass

from db import sql

PAGE = 25

# Which part of the desk: conditions over t (task) with the named instants of `Now`.
_LATE = "t.due_ms < {now}"
_SOON = (
    "((t.due_ms >= {now} AND t.due_ms <="
    " CASE WHEN t.clock IN ('hari-kerja', 'tanggal') THEN {soon_day} ELSE {soon} END)"
    " OR (t.opened_ms IS NULL AND t.norm_ms < {now}))"
)
PARTS = {
    "terlambat": _LATE,
    "segera": _SOON,
    "baru": "t.opened_ms IS NULL",
    "saya": "t.claimed_by = {account}",
    "semua": "1 = 1",
}
ORDERS = {
    "tenggat": "COALESCE(t.due_ms, t.norm_ms, 9000000000000000), t.id",
    "masuk": "t.offered_ms DESC, t.id DESC",
    "nomor": "c.number, t.id",
}


@dataclass(frozen=True)
class Desk:
    """Whose desk, and when: `soon` and `soon_day` are the instants before which something is due soon (UTC ms)."""

    account: int
    offices: tuple[int, ...]
    now: int
    soon: int
    soon_day: int

    def fill(self, text: str) -> str:
        """The instants put into a condition; they are integers of ours, never what someone typed."""
        return text.format(
            now=int(self.now), soon=int(self.soon), soon_day=int(self.soon_day), account=int(self.account)
        )


@dataclass(frozen=True)
class Counts:
    """How many tasks wait in each part of the desk."""

    terlambat: int
    segera: int
    baru: int
    saya: int
    semua: int


@dataclass(frozen=True)
class Row:
    """One waiting task."""

    id: int
    name: str
    instance: str
    office: str
    case_id: int
    number: str
    subject: str
    urgency: str
    secrecy: str
    channel: str
    received_ms: int
    offered_ms: int
    opened_ms: int | None
    claimed_by: int | None
    claimed_name: str | None
    due_ms: int | None
    norm_ms: int | None
    limit_text: str
    clock: str
    cycle: int


def waiting(account_id: int, offices: Sequence[int]) -> int:
    """How many open tasks these offices have that no colleague has claimed."""
    if not offices:
        return 0
    text = (
        f"SELECT COUNT(*) FROM task WHERE office_id IN ({sql.marks(offices)}) AND state = 'open'"
        " AND (claimed_by IS NULL OR claimed_by = ?)"
    )
    return int(sql.value(text, [*offices, account_id]))


def counts(desk: Desk) -> Counts:
    """All parts of the desk counted in one question."""
    if not desk.offices:
        return Counts(0, 0, 0, 0, 0)
    sums = ", ".join(f"COALESCE(SUM(CASE WHEN {desk.fill(PARTS[part])} THEN 1 ELSE 0 END), 0)" for part in PARTS)
    text = f"SELECT {sums} FROM task t WHERE t.office_id IN ({sql.marks(desk.offices)}) AND t.state = 'open'"
    found = sql.row(text, desk.offices)
    assert found is not None
    return Counts(*(int(number) for number in found))


_ROWS = """
SELECT t.id, t.name, t.instance, o.name, c.id, c.number, c.subject, c.urgency, c.secrecy, c.channel, c.received_ms,
  t.offered_ms, t.opened_ms, t.claimed_by, p.name, t.due_ms, t.norm_ms, t.limit_text, t.clock, t.cycle
FROM task t JOIN case_file c ON c.id = t.case_file_id JOIN office o ON o.id = t.office_id
  LEFT JOIN account a ON a.id = t.claimed_by LEFT JOIN person p ON p.id = a.person_id
WHERE t.office_id IN ({offices}) AND t.state = 'open' AND {part}{search} ORDER BY {order} LIMIT ? OFFSET ?
"""


def rows(desk: Desk, part: str, *, search: str = "", order: str = "tenggat", page: int = 1) -> tuple[list[Row], bool]:
    """One page of a part of the desk, and whether there is another."""
    if not desk.offices:
        return [], False
    values: list[object] = [*desk.offices]
    found = ""
    if search:
        found = " AND (LOWER(c.number) LIKE ? ESCAPE '!' OR LOWER(c.subject) LIKE ? ESCAPE '!')"
        values += [like(search)] * 2
    text = _ROWS.format(
        offices=sql.marks(desk.offices),
        part=desk.fill(PARTS.get(part, PARTS["semua"])),
        search=found,
        order=ORDERS.get(order, ORDERS["tenggat"]),
    )
    got = [Row(*row) for row in sql.rows(text, [*values, PAGE + 1, (page - 1) * PAGE])]
    return got[:PAGE], len(got) > PAGE


def like(text: str) -> str:
    """A LIKE pattern (escape `!`) that finds this text anywhere."""
    plain = text.lower()
    for special in "!%_":
        plain = plain.replace(special, f"!{special}")
    return f"%{plain}%"


def arrived(offices: Sequence[int], since: int) -> int:
    """How many open tasks these offices got after that instant (UTC ms)."""
    if not offices:
        return 0
    text = f"SELECT COUNT(*) FROM task WHERE office_id IN ({sql.marks(offices)}) AND state = 'open' AND offered_ms > ?"
    return int(sql.value(text, [*offices, since]))


_NEXT = """
SELECT t.id, t.name, c.number FROM task t JOIN case_file c ON c.id = t.case_file_id
WHERE t.office_id IN ({offices}) AND t.state = 'open' AND t.id <> ? AND (t.claimed_by IS NULL OR t.claimed_by = ?)
ORDER BY COALESCE(t.due_ms, t.norm_ms, 9000000000000000), t.id LIMIT 1
"""


def next_task(account_id: int, offices: Sequence[int], after: int) -> tuple[int, str, str] | None:
    """The most pressing open task of these offices other than `after`: id, name, case number."""
    if not offices:
        return None
    text = _NEXT.format(offices=sql.marks(offices))
    found = sql.row(text, [*offices, after, account_id])
    return None if found is None else (int(found[0]), str(found[1]), str(found[2]))
