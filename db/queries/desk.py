"""What waits on a desk: counts, the list, what is new. Nothing here grows with what is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from db import sql
from db.queries import overdue, search
from db.queries.search import Wanted

PAGE = 25
MANY = 1_000
"""Counting stops here: nobody's day is planned by whether it is 1,000 or 1,001."""
FEW = 2_000
"""Up to so many matching cases are looked at one by one."""
PAGES = 4_000

_DUE = "COALESCE(t.due_ms, t.law_ms, t.norm_ms, 9000000000000000)"
_PRESSING = f"{_DUE}, t.id"


@dataclass(frozen=True)
class Branch:
    """A condition over t (task), the order it comes in, and the index that has both. `{}` are instants of `Desk`."""

    condition: str
    order: str
    index: str


PARTS: dict[str, tuple[Branch, ...]] = {
    "terlambat": (
        Branch(overdue.OWN, "t.due_ms, t.id", "task_office_id_state_due_ms"),
        Branch(overdue.LAW, "t.law_ms, t.id", "task_desk_law"),
    ),
    "segera": (
        Branch(overdue.SOON, "t.due_ms, t.id", "task_office_id_state_due_ms"),
        Branch(overdue.LAW_SOON, "t.law_ms, t.id", "task_desk_law"),
        Branch("t.opened_ms IS NULL AND t.norm_ms < {now}", "t.norm_ms, t.id", "task_desk_norm"),
    ),
    "baru": (Branch("t.opened_ms IS NULL", _PRESSING, "task_desk_new"),),
    "saya": (Branch("t.claimed_by = {account}", "t.id", "task_desk_mine"),),
    "semua": (Branch("1 = 1", _PRESSING, "task_desk"),),
}
ORDERS = {"tenggat": _PRESSING, "masuk": "t.offered_ms DESC, t.id DESC", "nomor": "t.case_file_id + 0, t.id"}
_PLACES = {"tenggat": _DUE, "masuk": "t.offered_ms", "nomor": "t.case_file_id + 0"}
"""By what a task finds its place in an order, told beside its id: a page far back is cut out without its tasks."""
_ALONG = {"tenggat": "task_desk", "masuk": "task_desk_came", "nomor": "task_desk_case"}


@dataclass(frozen=True)
class Desk:
    """Whose desk, and when: `soon` and `soon_day` are the instants before which something is due soon, `midnight` the
    one up to which what is counted in working days is late (UTC ms).
    """

    account: int
    offices: tuple[int, ...]
    now: int
    soon: int
    soon_day: int
    midnight: int = 0

    @property
    def marks(self) -> str:
        """The offices, for a condition; numbers of ours."""
        return ", ".join(str(int(office)) for office in self.offices)

    def fill(self, text: str) -> str:
        """The instants put into a condition; they are integers of ours, never what someone typed."""
        instants = {name: int(getattr(self, name)) for name in ("now", "soon", "soon_day", "midnight", "account")}
        return text.format(**instants)


@dataclass(frozen=True)
class Counts:
    """How many tasks wait in each part of the desk; `MANY` means so many or more."""

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
    wait_norm: str
    law_ms: int | None
    returned: bool
    release_id: int
    fingerprint: str

    @property
    def until_ms(self) -> int | None:
        """Its own limit, else the law's."""
        return self.due_ms if self.due_ms is not None else self.law_ms


def counts(desk: Desk) -> Counts:
    """All parts of the desk counted in one question."""
    if not desk.offices:
        return Counts(0, 0, 0, 0, 0)
    parts = [_united([_way(desk, *way, "", MANY) for way in _ways(desk, part)]) for part in PARTS]
    each = [f"(SELECT COUNT(*) FROM (SELECT id FROM ({part}) f LIMIT {MANY}) g)" for part in parts]
    found = sql.row(f"SELECT {', '.join(each)}")
    assert found is not None
    return Counts(*(int(number) for number in found))


def _ids(desk: Desk, part: str, order: str, limit: int, *, more: str = "") -> str:
    """The first `limit` tasks of a part, office by office and branch by branch: each the beginning of an index."""
    return _united([_way(desk, *way, more, limit, _PLACES[order]) for way in _ways(desk, part)])


def _ways(desk: Desk, part: str) -> list[tuple[str, Branch]]:
    """Where to look: what one has taken is few, and not looked for office by office."""
    if part == "saya":
        return [(f"t.office_id IN ({desk.marks})", PARTS[part][0])]
    return [(f"t.office_id = {int(office)}", branch) for office in desk.offices for branch in PARTS[part]]


def _way(desk: Desk, offices: str, branch: Branch, more: str, limit: int, place: str = "") -> str:
    """Ids with their `place`; without one only ids, in any order."""
    where = f"{offices} AND t.state = 'open' AND {desk.fill(branch.condition)}{more}"
    along = sql.along(branch.index)
    what, order = (f"t.id, {place} AS place", f" ORDER BY {branch.order}") if place else ("t.id", "")
    return f"SELECT {what} FROM task t{along} WHERE {where}{order} LIMIT {int(limit)}"


def _united(ways: Sequence[str]) -> str:
    return ways[0] if len(ways) == 1 else " UNION ".join(f"SELECT * FROM ({way}) w" for way in ways)


def _in_order(desk: Desk, part: str, order: str, limit: int, *, more: str = "") -> str:
    """The same along the index of another order, where what is looked for comes often enough.

    `+ 0` hides the conditions from planners that would rather collect the whole part and sort it.
    """
    either = " OR ".join(f"({branch.condition})" for branch in PARTS[part])
    hidden = either.replace("t.opened_ms IS", "t.opened_ms + 0 IS")
    for column in ("t.due_ms ", "t.law_ms "):
        hidden = hidden.replace(column, f"{column}+ 0 ")
    branch = Branch(f"({hidden})", ORDERS[order], _ALONG[order])
    place = _PLACES[order]
    return _united([_way(desk, f"t.office_id = {int(office)}", branch, more, limit, place) for office in desk.offices])


_ROWS = """
SELECT t.id, t.name, t.instance, o.name, c.id, c.number, c.subject, c.urgency, c.secrecy, c.channel, c.received_ms,
  t.offered_ms, t.opened_ms, t.claimed_by, p.name, t.due_ms, t.norm_ms, t.limit_text, t.clock, t.cycle, t.wait_norm,
  t.law_ms, t.returned, r.id, r.fingerprint
FROM (SELECT id FROM ({ids}) i ORDER BY {place} LIMIT ? OFFSET ?) f
  JOIN task t ON t.id = f.id JOIN case_file c ON c.id = t.case_file_id JOIN office o ON o.id = t.office_id
  JOIN release r ON r.id = c.release_id
  LEFT JOIN account a ON a.id = t.claimed_by LEFT JOIN person p ON p.id = a.person_id
ORDER BY {order}
"""


def rows(
    desk: Desk, part: str, *, wanted: Wanted | None = None, order: str = "tenggat", page: int = 1, many: bool = False
) -> tuple[list[Row], bool]:
    """One page of a part of the desk, and whether there is another.

    `wanted` as engine.search asks; `many` where the part was counted to hold `MANY`: that decides how it is read.
    """
    page = min(page, PAGES)
    reach = page * PAGE + 1
    if not desk.offices or (wanted is not None and not wanted):
        return [], False
    if wanted:
        ids = _found(desk, part, wanted, order, reach)
    elif many and order != "tenggat":
        ids = _in_order(desk, part, order, reach)
    else:
        ids = _ids(desk, part, order, max(reach, MANY if order != "tenggat" else 0))
    place = ORDERS[order].replace(_PLACES[order], "place").replace("t.id", "id")
    text = _ROWS.format(ids=ids, order=ORDERS[order], place=place)
    got = [Row(*row) for row in sql.rows(text, [PAGE + 1, (page - 1) * PAGE])]
    return got[:PAGE], len(got) > PAGE


def _found(desk: Desk, part: str, wanted: Wanted, order: str, reach: int) -> str:
    """Tasks of matching cases: case by case where these are few, else along the desk until a page is full."""
    matching = f"SELECT {search.key()} AS id FROM case_search s WHERE {search.match(wanted)}"
    if sql.value(f"SELECT COUNT(*) FROM ({matching} LIMIT {FEW}) n") == FEW:
        return _in_order(desk, part, order, reach, more=" AND " + search.among("t.case_file_id", matching))
    either = " OR ".join(f"({desk.fill(branch.condition)})" for branch in PARTS[part])
    return (
        f"SELECT t.id, {_PLACES[order]} AS place FROM task t{sql.along('task_case_file_id_state')}"
        f" WHERE t.case_file_id IN ({matching})"
        f" AND t.state = 'open' AND t.office_id IN ({desk.marks}) AND ({either})"
    )


def like(text: str) -> str:
    """A LIKE pattern (escape `!`) that finds this text anywhere."""
    plain = text.lower()
    for special in "!%_":
        plain = plain.replace(special, f"!{special}")
    return f"%{plain}%"


def arrived(offices: Sequence[int], since: int) -> int:
    """How many open tasks these offices got after that instant (UTC ms); `MANY` means so many or more."""
    if not offices:
        return 0
    text = (
        f"SELECT COUNT(*) FROM (SELECT 1 FROM task WHERE office_id IN ({sql.marks(offices)}) AND state = 'open'"
        f" AND offered_ms > ? LIMIT {MANY}) n"
    )
    return int(sql.value(text, [*offices, since]))


_NEXT = """
SELECT t.id, t.name, c.number FROM task t JOIN case_file c ON c.id = t.case_file_id
WHERE t.id IN (SELECT id FROM ({ids}) i) ORDER BY {order} LIMIT 1
"""


def next_task(account_id: int, offices: Sequence[int], after: int) -> tuple[int, str, str] | None:
    """The most pressing open task of these offices other than `after`: id, name, case number."""
    if not offices:
        return None
    free = f" AND t.id <> {int(after)} AND (t.claimed_by IS NULL OR t.claimed_by = {int(account_id)})"
    ids = _ids(Desk(account_id, tuple(offices), 0, 0, 0), "semua", "tenggat", 1, more=free)
    found = sql.row(_NEXT.format(ids=ids, order=_PRESSING))
    return None if found is None else (int(found[0]), str(found[1]), str(found[2]))
